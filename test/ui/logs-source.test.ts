import assert from 'node:assert/strict';
import {test} from 'node:test';
import {openApp, type OpenAppOptions, type TestApp} from '../tools/open-app.ts';

const scenario = 'oom-eviction';

/** The logs of the Deployment that crashes, its first lines in order. */
async function openLogs(options: OpenAppOptions = {}, keys = ':logs deploy/checkout<enter>'): Promise<TestApp> {
	const app = await openApp({scenario, ...options});
	await app.press(keys);
	await app.pass(1000);
	return app;
}

function logsOf(app: TestApp) {
	const screen = app.state().stack.at(-1);
	assert.ok(screen?.type === 'logs');
	return screen;
}

test('three keys lead from the start to the last log line of the failing pod', async () => {
	await using app = await openApp({scenario});
	await app.press('<enter>');
	assert.match(app.text(), /4 Logs/);
	await app.press('l');
	await app.pass(1000);
	await app.press('p');
	await app.pass(1000);
	assert.match(app.text(), /PREVIOUS RUN/);
	assert.match(app.text(), /FATAL config: DB_URL is not set/);
	await app.press('p');
	await app.pass(1000);
	assert.match(app.text(), /FOLLOW/);
	assert.match(app.text(), /p shows the run that crashed/);
});

test('Enter on a container of a pod opens the log of that container', async () => {
	await using app = await openApp({scenario});
	await app.press(':pods<enter>/checkout crash<enter>');
	await app.press('<enter>');
	await app.press('<enter>');
	assert.equal(logsOf(app).container, 'app');
	await app.press('<esc>');
	assert.match(app.text(), /4 Logs/);
	await app.press('4');
	assert.equal(logsOf(app).container, 'app');
});

test('l opens the logs of owners, Services and nodes; kinds without logs say so', async () => {
	await using app = await openApp({scenario});
	await app.press(':svc<enter>');
	await app.press('l');
	assert.equal(logsOf(app).target.type, 'owner');
	await app.press(':nodes<enter>');
	await app.press('l');
	assert.equal(logsOf(app).target.type, 'node');
	await app.press(':secrets<enter>');
	await app.press('l');
	assert.match(app.text(), /secrets have no logs/);
});

test('digits ask for another part of the past', async () => {
	await using app = await openLogs();
	for (const [digit, range] of [
		['2', '1m'],
		['4', '15m'],
		['1', 'head'],
		['0', 'tail'],
	] as const) {
		await app.press(digit);
		await app.pass(1000);
		assert.equal(logsOf(app).range, range);
		assert.match(app.text(), range.endsWith('m') ? new RegExp(`since ${range}`) : new RegExp(range));
	}
});

test('filters are a stack that Esc takes off one by one, after marks and search', async () => {
	await using app = await openLogs();
	await app.press(':filter level>=warn -event<enter>');
	await app.press('/db_url<enter>');
	await app.press('m');
	assert.match(app.text(), /level>=warn {2}-event {2}\/ db_url/);
	assert.equal(logsOf(app).marks.length, 1);
	await app.press('<esc>');
	assert.equal(logsOf(app).marks.length, 0);
	await app.press('<esc>');
	assert.equal(logsOf(app).search, undefined);
	await app.press('<esc>');
	assert.equal(logsOf(app).filters.length, 1);
	await app.press('<esc><esc>');
	assert.notEqual(app.state().stack.at(-1)?.type, 'logs');
});

test('a wrong filter says what is wrong, and changes nothing', async () => {
	await using app = await openLogs();
	await app.press(':filter level>=loud<enter>');
	assert.match(app.text(), /There is no level loud/);
	assert.deepEqual(logsOf(app).filters, []);
});

test('& keeps only what is searched for', async () => {
	await using app = await openLogs();
	await app.press('/fatal<enter>&');
	assert.deepEqual(logsOf(app).filters, [{type: 'include', pattern: 'fatal', regex: false}]);
	assert.match(app.text(), /FATAL/);
	assert.doesNotMatch(app.text(), /GET \/cart/);
});

test('pausing counts what waits, G follows again', async () => {
	await using app = await openLogs({living: true});
	await app.press('k');
	assert.match(app.text(), /PAUSED/);
	const before = app.screen.lines()[6];
	await app.pass(20_000);
	assert.match(app.text(), /PAUSED, \d+ new/);
	assert.equal(app.screen.lines()[6], before, 'what is read stays where it is');
	await app.press('G');
	assert.match(app.text(), /FOLLOW/);
});

test('w, t, f, z j, z o, z e and z u change how it is shown', async () => {
	await using app = await openLogs();
	const toggles: ReadonlyArray<readonly [string, RegExp]> = [
		['w', /Long lines are cut/],
		['w', /Long lines are wrapped/],
		['t', /Times are ages/],
		['ttt', /Times are UTC/],
		['zj', /Fields are columns/],
		['zj', /Lines are shown as written/],
		['ze', /Events are left out/],
		['zu', /Every line stands for itself/],
	];
	for (const [keys, says] of toggles) {
		await app.press(keys);
		assert.match(app.text(), says, keys);
	}
	await app.press('f');
	assert.doesNotMatch(app.text(), /FOLLOW/);
	assert.equal(app.screen.lines().length, 24);
	await app.press('<esc>');
	assert.match(app.text(), /FOLLOW/);
	await app.press('<right>');
	assert.equal(logsOf(app).left, 16);
	await app.press('<left>');
	assert.equal(logsOf(app).left, 0);
});

test('lines are copied, saved to a file that is not replaced unasked, and piped', async () => {
	await using app = await openLogs();
	await app.press('/DB_URL is not<enter>c');
	assert.deepEqual(app.copied, ['FATAL config: DB_URL is not set']);
	await app.press('&');
	await app.press('S');
	assert.match(app.text(), /:save ~\/checkout-20260114T1402\d\dZ\.log/);
	await app.press('<c-u>save /x.log<enter>');
	assert.match(app.text(), /Wrote \d+ lines? to \/x\.log, readable by you alone/);
	assert.match(app.saved.get('/x.log') ?? '', /FATAL config: DB_URL is not set\n/);
	await app.press(':save /x.log<enter>');
	assert.match(app.text(), /Replace \/x\.log/);
	await app.press('<esc>');
	await app.press(':pipe grep "a b" | wc<enter>');
	assert.equal(app.piped[0]?.command, 'grep "a b" | wc');
});

test('a log that is left for a while goes on unseen', async () => {
	await using app = await openLogs();
	await app.press('C');
	assert.match(app.text(), /No line is shown/);
	await app.press('?');
	await app.press('<esc>');
	assert.match(app.text(), /No line is shown/, 'cleared as before: it was not read again');
	const requests = app.server.requests.all().length;
	await app.press('<esc>H');
	assert.equal(app.server.requests.all().filter(({url}) => url.includes('/log?')).length > 0, true);
	assert.ok(
		app.server.requests
			.all()
			.slice(requests)
			.every(({url}) => !url.includes('/log?')),
		'nothing is read twice',
	);
});

test('the cursor and the filters stay through every size', async () => {
	await using app = await openLogs({columns: 140, rows: 40});
	await app.press(':filter level>=warn<enter>');
	await app.press('kkk');
	const {cursor, filters} = logsOf(app);
	for (const [columns, rows] of [
		[80, 24],
		[60, 15],
		[40, 10],
		[300, 90],
		[140, 40],
	] as const) {
		await app.resize(columns, rows);
		assert.equal(logsOf(app).cursor, cursor);
		assert.equal(logsOf(app).filters, filters);
		assert.ok(
			app.screen.lines().some(line => line.startsWith('>')),
			`${columns}x${rows}: the cursor is seen`,
		);
	}
});

test('k8tui logs opens its view over the Overview', async () => {
	await using app = await openLogs();
	assert.equal(app.state().stack.length, 2);
	await app.press('Yl');
	assert.equal(app.copied.at(-1), 'k8tui logs deployments.apps/checkout -n shop --context prod-eu1');
});

test('the settings bound how many lines a view holds; what went is counted', async () => {
	await using app = await openLogs({settings: {logLines: 100}, columns: 140, rows: 40, scenario: 'noisy-logs'}, ':logs deploy/web<enter>');
	await app.press('0');
	await app.pass(2000);
	assert.match(app.text(), /[1-9][\d,]* dropped, buffer 100\/100/);
});
