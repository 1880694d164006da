import assert from 'node:assert/strict';
import {test} from 'node:test';
import {topScreen} from '../../source/core/app-state.ts';
import {width} from '../../source/core/text.ts';
import type {JsonObject} from '../../source/demo/json.ts';
import {openApp, type TestApp} from '../tools/open-app.ts';

const cursorLine = (app: TestApp): string | undefined => app.screen.lines().find(line => line.startsWith('>'));
const places = [
	':pods<enter>',
	':nodes<enter>',
	':ctx<enter>',
	':api<enter>',
	'<c-a>',
	'?',
	':notices<enter>',
	':secrets<enter>',
	'y',
	'x',
	'/web',
	':pods',
	'<c-p>',
	'.',
	'g',
	'z',
	'<space>',
	'!',
	'f',
	'5',
	'd',
	'6',
	'2',
	'V',
	'/cart<enter>',
];

test('Esc from anywhere, pressed again and again, ends on the Overview and never quits', async () => {
	await using app = await openApp({scenario: 'oom-eviction'});
	for (let from = 0; from < places.length; from += 6) {
		for (const keys of places.slice(from, from + 6)) await app.press(keys);
		for (let times = 0; times < 16; times++) await app.press('<esc>');
		const {stack, prompt, dialog, pending} = app.state();
		assert.deepEqual([stack.map(({type}) => type), prompt, dialog, pending], [['overview'], undefined, undefined, []]);
	}
	assert.equal(app.asked.quit, 0);
	assert.match(app.text(), /TROUBLES/);
});

test('no single key and no paste sends anything but reads, on any screen', async () => {
	await using app = await openApp({scenario: 'oom-eviction'});
	for (const place of ['<esc>', ':pods<enter>', ':secrets<enter>', 'y', ':ctx<enter>', ':api<enter>', '?']) {
		await app.press(place);
		const before = app.state();
		for (const key of ['<c-d>', '<c-k>', 'r', 's', 'i', 'e', 'a', 'D', 'X', '<c-s>', '<delete>', '<c-l>', 'W']) await app.press(key);
		await app.paste('y\n:mode write\n:q\n');
		for (let times = 0; times < 3; times++) await app.press('<esc>');
		assert.equal(app.state().level, before.level);
	}
	const changing = app.server.requests.all().filter(({method, path}) => method !== 'GET' && !/selfsubject|subjectaccessreviews|selfsubjectreviews/.test(path));
	assert.deepEqual(
		changing.map(({method, url}) => `${method} ${url}`),
		[],
	);
	assert.equal(app.asked.quit, 0);
});

test('q at the root asks, and quits at the second time within two seconds', async () => {
	await using app = await openApp();
	await app.press('q');
	assert.equal(app.asked.quit, 0);
	assert.match(app.text(), /The same key again within 2 s quits/);
	await app.pass(3000);
	await app.press('q');
	assert.equal(app.asked.quit, 0);
	await app.press('q');
	assert.equal(app.asked.quit, 1);
});

test('resizing keeps cursor, marks and filter', async () => {
	await using app = await openApp({scenario: 'oom-eviction', columns: 140, rows: 40});
	await app.press(':pods<enter>');
	await app.press('/e<enter>');
	await app.press('jj<space>j<space>jjj');
	const before = topScreen(app.state());
	const cursor = cursorLine(app)?.slice(4, 30);
	for (const [columns, rows] of [
		[80, 24],
		[60, 15],
		[40, 10],
		[39, 9],
		[60, 15],
		[80, 24],
		[140, 40],
	] as const) {
		await app.resize(columns, rows);
		if (columns >= 60) assert.equal(cursorLine(app)?.slice(4, 30), cursor, `${columns}x${rows}`);
	}
	assert.deepEqual(topScreen(app.state()), before);
	assert.ok(before.type === 'table' && before.marks.length === 2 && before.filter === 'e');
	assert.equal(app.screen.lines().filter(line => line.charAt(2) === '*').length, 2);
});

test('rows that come in above leave the object under the cursor on its line', async () => {
	await using app = await openApp({selection: {targets: [{kind: 'pods'}]}, rows: 14});
	await app.press('jjjjjjjjjjjj');
	const line = app.screen.lines().findIndex(text => text.startsWith('>'));
	const under = cursorLine(app);
	for (const name of ['aaa-1', 'aaa-2', 'aaa-3'])
		app.server.cluster.create({apiVersion: 'v1', kind: 'Pod', metadata: {name, namespace: 'shop'}, spec: {containers: [{name: 'app', image: 'x'}]}});
	await app.idle();
	assert.match(app.text(), /13 of 21|16 of 21/);
	assert.equal(
		app.screen.lines().findIndex(text => text.startsWith('>')),
		line,
	);
	assert.equal(cursorLine(app)?.slice(4, 30), under?.slice(4, 30));
});

test('an object that is deleted gives the cursor to its neighbour, and loses its mark', async () => {
	await using app = await openApp({selection: {targets: [{kind: 'pods'}]}});
	await app.press('<space><space>');
	const names = app.screen
		.lines()
		.slice(3)
		.map(line => line.slice(4).split(' ')[0] ?? '');
	assert.ok(cursorLine(app)?.includes(names[2] ?? '?'));
	for (const name of [names[0], names[2]]) app.server.cluster.delete('pods', 'shop', name ?? '', 0);
	await app.idle();
	assert.ok(cursorLine(app)?.includes(names[3] ?? '?'));
	assert.match(app.text(), /1 marked/);
});

test('Chinese names and emoji labels leave columns aligned', async () => {
	await using app = await openApp({
		namespace: 'wide',
		selection: {targets: [{kind: 'pods'}]},
		prepare({cluster}) {
			cluster.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'wide'}});
			for (const [name, label] of [
				['结账服务-0', 'plain'],
				['ascii-0', '🚀👩‍👩‍👧 café'],
				['e\u0301clair-0', '\u202Etxt'],
				['日本語日本語日本語日本語日本語日本語日本語', 'x'],
			] as const)
				cluster.create({
					apiVersion: 'v1',
					kind: 'Pod',
					metadata: {name, namespace: 'wide', labels: {app: label}},
					spec: {containers: [{name: 'app', image: 'x'}]},
				});
		},
	});
	await app.press('zw');
	await app.resize(160, 24);
	const lines = app.screen.lines();
	const head = lines.find(line => line.includes('READY')) ?? '';
	const rows = lines.filter(line => line.includes('0/1'));
	assert.equal(rows.length, 4);
	const column = (line: string, text: string): number => width(line.slice(0, line.indexOf(text) + text.length));
	for (const row of rows) assert.equal(column(row, '0/1'), column(head, 'READY'), row);
	for (const line of lines) assert.ok(width(line) <= 160, line);
	assert.doesNotMatch(app.text(), /\p{Emoji_Presentation}/u);
});

test('without colours each state has a symbol and a word of its own', async () => {
	await using app = await openApp({
		namespace: 'states',
		selection: {targets: [{kind: 'pods'}]},
		prepare({cluster}) {
			cluster.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'states'}});
			const pod = (name: string, phase: string, state: JsonObject, more: JsonObject = {}, meta: JsonObject = {}): void => {
				const status = {
					phase,
					startTime: '2026-01-14T14:02:00Z',
					containerStatuses: [{name: 'app', ready: phase === 'Running', restartCount: 0, image: 'x', imageID: '', state}],
					...more,
				};
				cluster.create({
					apiVersion: 'v1',
					kind: 'Pod',
					metadata: {name, namespace: 'states', ...meta},
					spec: {nodeName: 'node-a1', containers: [{name: 'app', image: 'x'}]},
					status,
				});
			};
			const running = {running: {startedAt: '2026-01-10T00:00:00Z'}};
			pod('a-ok', 'Running', running);
			pod('b-starting', 'Pending', {waiting: {reason: 'ContainerCreating'}});
			pod('c-error', 'Running', {waiting: {reason: 'CrashLoopBackOff'}});
			pod('d-done', 'Succeeded', {terminated: {reason: 'Completed', exitCode: 0}});
			pod('e-unready', 'Running', running, {containerStatuses: [{name: 'app', ready: false, restartCount: 0, image: 'x', imageID: '', state: running}]});
			pod('f-lost', 'Unknown', running, {reason: 'NodeLost'});
			pod('g-leaving', 'Running', running, {}, {deletionTimestamp: '2026-01-14T14:03:31Z', deletionGracePeriodSeconds: 60, finalizers: ['example.test/hold']});
		},
	});
	const rows = app.screen
		.lines()
		.slice(3, 10)
		.map(line => [line.slice(4, 16).trim(), line.charAt(1), /\d\/\d +(\S+)/.exec(line)?.[1]] as const);
	assert.deepEqual(
		rows.map(([name]) => name),
		['a-ok', 'b-starting', 'c-error', 'd-done', 'e-unready', 'f-lost', 'g-leaving'],
	);
	assert.equal(new Set(rows.map(([, symbol]) => symbol)).size, 7, JSON.stringify(rows));
	for (const [name, , word] of rows) assert.ok(word, name);
	const looks = app.screen.styledRuns().flat();
	assert.ok(
		looks.every(run => run.foreground === '' && run.background === ''),
		'mono has no colour',
	);
});

test('the line for newcomers goes after three keys', async () => {
	await using app = await openApp();
	assert.match(app.text(), /New here\?/);
	await app.press('j');
	await app.press('j');
	assert.match(app.text(), /New here\?/);
	await app.press('j');
	assert.doesNotMatch(app.text(), /New here\?/);
});

test('namespaces complete, with those of the cluster', async () => {
	await using app = await openApp({selection: {targets: [{kind: 'nodes'}]}});
	await app.press(':ns m');
	assert.match(app.text(), /monitoring/);
	await app.press('<tab><enter>');
	assert.equal(app.state().namespace, 'monitoring');
});

test('Enter on the worst trouble opens the object that is at fault', async () => {
	await using app = await openApp({scenario: 'oom-eviction'});
	await app.press('<enter>');
	const top = topScreen(app.state());
	assert.ok(top.type === 'object');
	assert.deepEqual([top.ref.kind, top.ref.name], ['Deployment', 'checkout']);
});

test('data that can no longer be read stays, dimmed, with its age, and recovers by itself', async () => {
	await using app = await openApp({selection: {targets: [{kind: 'pods'}]}});
	const rows = (): readonly string[] =>
		app.screen
			.lines()
			.filter(line => /\d\/\d/.test(line))
			.map(line => line.slice(4, 50));
	const before = rows();
	await app.server.stop();
	await app.pass(5000);
	assert.match(app.text(), /STALE 5|STALE 6/);
	assert.match(app.text(), /Connection refused/);
	assert.deepEqual(rows(), before.slice(0, rows().length));
	const dimmed = app.screen.styledRuns().filter(runs => runs.some(run => run.attributes.includes('dim') && /2\/2/.test(run.text)));
	assert.ok(dimmed.length > 5, String(dimmed.length));
	await app.server.restart();
	await app.pass(40_000);
	assert.match(app.text(), /\+ live/);
	assert.deepEqual(rows(), before);
});

test('Ctrl-L draws every cell anew, also where nothing changed', async () => {
	await using app = await openApp({selection: {targets: [{kind: 'contexts'}]}});
	const before = app.text();
	await app.screen.write('\u001b[2J\u001b[5;5Hsomebody else wrote this');
	await app.press('<c-l>');
	assert.equal(app.text(), before);
	assert.equal(app.asked.redraw, 1);
});
