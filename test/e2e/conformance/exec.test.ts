import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import {conformanceTest, type ConformanceCluster, type Kubectl} from '../../tools/conformance-cluster.ts';
import {talkingPod, type TalkingPod} from '../../tools/talking-pod.ts';

type Answer = Awaited<ReturnType<Kubectl>>;
type Exec = (...argv: readonly string[]) => Promise<Answer>;

function execTest(name: string, run: (exec: Exec, pod: TalkingPod, cluster: ConformanceCluster) => Promise<void>): void {
	conformanceTest(name, async (cluster, context: TestContext) => {
		const pod = await talkingPod(cluster);
		const {kubectl} = cluster;
		if (typeof pod === 'string') context.skip(pod);
		else if (kubectl === undefined) context.skip('kubectl is not on the PATH');
		else await run((...argv) => kubectl(['exec', '-n', pod.namespace, pod.name, '-c', pod.container, '--', ...argv]), pod, cluster);
	});
}

execTest('[C] exit codes, and stdout and stderr apart', async exec => {
	for (const code of [0, 1, 7, 137]) {
		const {code: seen, errors} = await exec('sh', '-c', `exit ${code}`);
		assert.equal(seen, code, errors);
	}
	const {out, errors, code} = await exec('sh', '-c', 'echo out; echo err >&2; exit 3');
	assert.deepEqual([out, code], ['out\n', 3]);
	assert.match(errors, /^err\n/u);
});

execTest('[C] refusals have the same words', async (exec, pod, cluster) => {
	assert.match((await exec('k8tui-no-such-program')).errors, /exec: "k8tui-no-such-program": executable file not found in \$PATH/u);
	const missing = await cluster.kubectl?.(['exec', '-n', pod.namespace, 'k8tui-none', '--', 'true']);
	assert.match(missing?.errors ?? '', /Error from server \(NotFound\): pods "k8tui-none" not found/u);
	const other = await cluster.kubectl?.(['exec', '-n', pod.namespace, pod.name, '-c', 'zz', '--', 'true']);
	assert.match(other?.errors ?? '', new RegExp(`container zz is not valid for pod ${pod.name}|container not found`, 'u'));
});

execTest('[C] what busybox prints of names and connections', async exec => {
	const server = /^nameserver (\S+)$/mu.exec((await exec('cat', '/etc/resolv.conf')).out)?.[1] ?? '';
	assert.match(
		(await exec('cat', '/etc/resolv.conf')).out,
		/^search \S+\.svc\.cluster\.local svc\.cluster\.local cluster\.local[^\n]*\nnameserver \S+\noptions ndots:5\n$/u,
	);
	const found = await exec('nslookup', '-type=a', 'kubernetes.default.svc.cluster.local.', server);
	assert.match(found.out, /^Server:\t\t(\S+)\nAddress:\t\1:53\n\nName:\tkubernetes\.default\.svc\.cluster\.local\nAddress: \S+\n\n$/u);
	const unknown = await exec('nslookup', '-type=a', 'k8tui-none.default.svc.cluster.local.', server);
	assert.deepEqual([unknown.code, /\*\* server can't find k8tui-none\.default\.svc\.cluster\.local\.: NXDOMAIN\n/u.test(unknown.out)], [1, true], unknown.out);
	const silent = await exec('nc', '-w', '1', '10.96.255.254', '80');
	assert.deepEqual([silent.code, silent.errors.split('\n')[0]], [1, 'nc: timed out']);
	assert.equal((await exec('timeout', '1', 'sleep', '3')).code, 143);
	assert.match((await exec('nslookup', '--help')).errors, /^BusyBox v1\.\d+/u);
	assert.match((await exec('cat', '/nope')).errors, /^cat: can't open '\/nope': No such file or directory\n/u);
});
