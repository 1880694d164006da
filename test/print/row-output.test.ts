import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Cell, Column, Row} from '../../source/core/table.ts';
import {markdownCaption, markdownCell} from '../../source/core/markdown.ts';
import {printOnce} from '../../source/print/print-once.ts';
import {rowFields} from '../../source/print/row-fields.ts';
import {FakeClient} from '../tools/fake-client.ts';
import {now, podTable, podType, printJob, serviceTable} from './cases.ts';

const signal = new AbortController().signal;
const answers = {tables: {pods: podTable, services: serviceTable}};

async function print(invocation: Parameters<typeof printJob>[1], client = new FakeClient(answers)) {
	const {job, out, errors} = printJob(client, invocation);
	const code = await printOnce(job, signal);
	return {code, out: out(), errors};
}

test('-o jsonl: a row a line, typed cells with their unit in the name, wide columns too', async () => {
	const {out, code} = await print({format: 'jsonl', selection: {}});
	const lines = out.split('\n');
	assert.equal(code, 0);
	assert.equal(lines.pop(), '');
	assert.deepEqual(
		lines.map(line => JSON.parse(line)),
		[
			{
				kind: 'Pod',
				namespace: 'shop',
				name: 'cart-7d9f5c6c8b-m4htv',
				tone: 'ok',
				readyHave: 2,
				readyWant: 2,
				status: 'Running',
				restarts: 0,
				node: 'n1',
				ageSeconds: 540,
				labels: {app: 'cart'},
			},
			{
				kind: 'Pod',
				namespace: 'shop',
				name: 'web',
				tone: 'error',
				readyHave: 0,
				readyWant: 1,
				status: 'CrashLoopBackOff',
				restarts: 31,
				restartsSinceSeconds: 48,
				node: 'n2',
				ageSeconds: 10_800,
				labels: {app: 'web'},
			},
		],
	);
});

test('kinds that a column looks at are read as well, whole objects where the kind needs them', async () => {
	const client = new FakeClient(answers);
	const {out} = await print({format: 'jsonl', selection: {targets: [{kind: 'svc'}]}}, client);
	assert.equal(JSON.parse(out).pods, 2);
	assert.deepEqual(client.asked, [
		{plural: 'services', mode: 'object', namespace: 'shop'},
		{plural: 'pods', mode: 'metadata', namespace: 'shop'},
	]);
});

test('a kind beside that cannot be read leaves its column empty', async () => {
	const client = new FakeClient({tables: {services: serviceTable, pods: {code: 'forbidden', what: 'Could not list pods', cause: 'no'}}});
	const {out, code} = await print({format: 'jsonl', selection: {targets: [{kind: 'svc'}]}}, client);
	assert.equal(JSON.parse(out).pods, null);
	assert.equal(code, 0);
});

const cells: ReadonlyArray<readonly [string, Cell, Readonly<Record<string, unknown>>]> = [
	['cpu', {type: 'number', value: 38, unit: 'millicores'}, {cpuMillicores: 38}],
	['mem', {type: 'number', value: 126_877_696, unit: 'bytes'}, {memoryBytes: 126_877_696}],
	['cpu%req', {type: 'number', unit: 'percent'}, {cpuReqPercent: null}],
	['up-to-date', {type: 'number', value: 3, unit: 'count'}, {upToDate: 3}],
	['age', {type: 'age'}, {ageSeconds: null}],
	['duration', {type: 'duration', from: now - 5000}, {durationSeconds: 5}],
	['duration', {type: 'duration', ms: 90_000}, {durationSeconds: 90}],
	['status', {type: 'text', text: ''}, {status: null}],
	['status', {type: 'text', text: 'Terminating', since: now - 60_000}, {status: 'Terminating', statusSinceSeconds: 60}],
	['kind', {type: 'text', text: 'Deployment'}, {kindCell: 'Deployment'}],
	['%', {type: 'text', text: 'x'}, {column: 'x'}],
];
for (const [id, cell, expected] of cells) {
	test(`field of ${id} ${JSON.stringify(cell)}`, () => {
		const row: Row = {id: 'a', ref: {apiVersion: 'v1', kind: 'Pod', name: 'a'}, meta: {name: 'a'}, cells: [cell], tone: 'ok'};
		const column: Column = {id, title: id.toUpperCase(), cell: () => cell};
		assert.deepEqual(rowFields(row, [column], podType, now), {kind: 'Pod', namespace: null, name: 'a', tone: 'ok', ...expected, labels: {}});
	});
}

test('-o md: a caption that says where it comes from, and the columns of the screen', async () => {
	const {out} = await print({format: 'md', command: 'k8tui pods -A -o md', selection: {allNamespaces: true, filter: 'ns=shop'}});
	assert.equal(
		out,
		`> \`k8tui pods -A -o md\` - context prod-eu1, v1.34.2, 2026-03-01 14:02:31Z

| NAMESPACE | NAME | READY | STATUS | RESTARTS | AGE |
| --- | --- | --: | --- | --: | --: |
| shop | cart-7d9f5c6c8b-m4htv | 2/2 | Running | 0 | 9m |
| shop | web | 0/1 | CrashLoopBackOff | 31 (48s) | 3h |
`,
	);
});

test('several kinds have titles, an empty one says so', async () => {
	const {out} = await print({format: 'md', selection: {targets: [{kind: 'secrets'}, {kind: 'nodes'}]}}, new FakeClient());
	assert.match(out, /\n\n\*\*Secret\*\*\n\nNo rows\.\n\n\*\*Node\*\*\n\nNo rows\.\n$/);
});

test('cells cannot break the table or vanish as a tag', () => {
	assert.equal(markdownCell('<none> a|b *c* `d` \\ _e_'), '\\<none\\> a\\|b \\*c\\* \\`d\\` \\\\ \\_e\\_');
	assert.equal(markdownCell('two\nlines\u001b[0m'), 'two lines^\\[\\[0m');
});

test('demo data is marked', () => {
	assert.match(
		markdownCaption({command: 'k8tui --filter `x`', context: 'demo', version: 'v1', at: now, demo: true}),
		/^> `` k8tui --filter `x` `` - DEMO DATA, no cluster was contacted; context demo, v1, /,
	);
});
