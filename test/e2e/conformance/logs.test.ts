import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import {createLogs} from '../../../source/kube/logs.ts';
import {conformanceTest, type ConformanceCluster} from '../../tools/conformance-cluster.ts';
import {talkingPod, type TalkingPod} from '../../tools/talking-pod.ts';

const {signal} = new AbortController();

type Wish = Readonly<{tailLines?: number; previous?: boolean; sinceTime?: string; limitBytes?: number; container?: string}>;

/** A log as the program reads it: bytes with timestamps. */
async function read(cluster: ConformanceCluster, {namespace, name, container}: TalkingPod, wish: Wish = {}): Promise<string> {
	const {previous = false, ...rest} = wish;
	const parts: Uint8Array[] = [];
	for await (const part of createLogs(cluster.transport)({namespace, pod: name, container, follow: false, previous, ...rest}, signal)) parts.push(part);
	return Buffer.concat(parts).toString('utf8');
}

function logTest(name: string, run: (cluster: ConformanceCluster, pod: TalkingPod, context: TestContext) => Promise<void>): void {
	conformanceTest(name, async (cluster, context) => {
		const pod = await talkingPod(cluster);
		if (typeof pod === 'string') context.skip(pod);
		else await run(cluster, pod, context);
	});
}

logTest('[C] a log has the bytes that kubectl prints, as a whole and by its tail', async (cluster, pod, context) => {
	const {kubectl} = cluster;
	if (kubectl === undefined) {
		context.skip('kubectl is not on the PATH');
		return;
	}
	const {namespace, name, container} = pod;
	// A line may be written between the two: the tail of a moment before is in both.
	const own = await read(cluster, pod, {tailLines: 200});
	const printed = await kubectl(['logs', '-n', namespace, name, '-c', container, '--timestamps', '--tail=200']);
	assert.equal(printed.code, 0, printed.errors);
	const lines = own.split('\n').slice(0, -1);
	const theirs = printed.out.split('\n').slice(0, -1);
	const shared = theirs.slice(0, theirs.indexOf(lines.at(-1) ?? '') + 1);
	assert.ok(shared.length > 0 && lines.join('\n').endsWith(shared.join('\n')), `${lines.slice(-3).join('\n')}\n--\n${theirs.slice(-3).join('\n')}`);
});

logTest('[C] lines carry nine digits of time, tails are ends, sinceTime counts in seconds', async (cluster, pod) => {
	const lines = (await read(cluster, pod, {tailLines: 50})).split('\n').slice(0, -1);
	assert.ok(lines.length > 1);
	for (const line of lines) assert.match(line, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z /u);
	assert.equal(await read(cluster, pod, {tailLines: 0}), '');
	const from = lines[Math.floor(lines.length / 2)] ?? '';
	const later = (await read(cluster, pod, {sinceTime: from.slice(0, 30)})).split('\n').slice(0, -1);
	assert.ok(later.includes(from));
	assert.ok(later.every(line => line.slice(0, 19) >= from.slice(0, 19)));
	assert.ok(
		lines.filter(line => line.slice(0, 19) >= from.slice(0, 19)).every(line => later.includes(line)),
		'lines of the same second come again',
	);
	assert.equal(Buffer.byteLength(await read(cluster, pod, {limitBytes: 100})), 100);
});

logTest('[C] refusals have the same words', async (cluster, pod) => {
	const path = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}/log`;
	const invalid = `PodLogOptions \\"${pod.name}\\" is invalid: `;
	const cases: ReadonlyArray<readonly [string, number, string]> = [
		[`${path}x`, 404, 'the server could not find the requested resource'],
		[`/api/v1/namespaces/${pod.namespace}/pods/k8tui-none/log`, 404, 'pods \\"k8tui-none\\" not found'],
		[`${path}?container=zz`, 400, `container zz is not valid for pod ${pod.name}`],
		[`${path}?tailLines=x`, 400, 'strconv.ParseInt: parsing \\"x\\": invalid syntax'],
		[`${path}?tailLines=-1`, 422, `${invalid}tailLines: Invalid value: -1: must be greater than or equal to 0`],
		[`${path}?limitBytes=0`, 422, `${invalid}limitBytes: Invalid value: 0: must be greater than 0`],
		[`${path}?sinceSeconds=0`, 422, `${invalid}sinceSeconds: Invalid value: 0: must be greater than 0`],
		[
			`${path}?sinceSeconds=1&sinceTime=2026-01-01T00:00:00Z`,
			422,
			`${invalid}[]: Forbidden: at most one of \`sinceTime\` or \`sinceSeconds\` may be specified`,
		],
	];
	for (const [url, status, message] of cases) {
		await assert.rejects(cluster.raw.call('GET', url), (error: Error) => {
			assert.ok(error.message.includes(`: ${status} `) && error.message.includes(message.slice(0, 90)), `${url}\n${error.message}`);
			return true;
		});
	}
});

logTest('[C] the run before is there after a restart, else it is said that it is not', async (cluster, pod) => {
	if (pod.restarts > 0) {
		assert.notEqual(await read(cluster, pod, {previous: true, tailLines: 5}), await read(cluster, pod, {tailLines: 5}));
		return;
	}
	const path = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}/log?previous=true&container=${pod.container}`;
	await assert.rejects(
		cluster.raw.call('GET', path),
		new RegExp(`400 .*previous terminated container \\\\"${pod.container}\\\\" in pod \\\\"${pod.name}\\\\" not found`),
	);
});
