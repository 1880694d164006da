import assert from 'node:assert/strict';
import {test} from 'node:test';
import {openApp} from '../tools/open-app.ts';

const crashing = {scenario: 'crash-loop', columns: 140, rows: 40, selection: {targets: [{kind: 'pods'}], filter: 'checkout'}} as const;
type App = Awaited<ReturnType<typeof openApp>>;

const logRequests = (app: App): readonly string[] =>
	app.server.requests
		.all()
		.map(({path}) => path)
		.filter(path => /\/pods\/[^/]+\/log/.test(path));

test('the pod under the resting cursor is asked once for the last lines of the container that crashed', async () => {
	await using app = await openApp(crashing);
	await app.pass(1000);
	assert.match(app.text(), /LAST LOG app, previous run {3}p opens it/);
	assert.match(app.text(), /\d\d:\d\d:\d\d FATAL /);
	assert.equal(logRequests(app).length, 1);
	await app.pass(5000);
	assert.equal(logRequests(app).length, 1);
});

test('a cursor that passes over crashed pods asks for none of their logs; where it rests, one more', async () => {
	await using app = await openApp(crashing);
	await app.pass(1000);
	const [first] = logRequests(app);
	await app.press('jj');
	await app.pass(1000);
	const [again, third, ...more] = logRequests(app);
	assert.deepEqual([again, more], [first, []]);
	const [, pod = '-'] = /PREVIEW +X Pod (\S+)/.exec(app.text()) ?? [];
	assert.ok(third?.includes(`/${pod}/log`), third ?? 'no third pod');
	assert.match(app.text(), /LAST LOG app/);
});

test('a pane without room for it asks for no log, and neither does a pod that is well', async () => {
	await using small = await openApp({...crashing, rows: 24});
	await small.pass(1000);
	assert.deepEqual(logRequests(small), []);
	await using well = await openApp({...crashing, selection: {targets: [{kind: 'pods'}], filter: 'payments'}});
	await well.pass(1000);
	assert.match(well.text(), /PREVIEW .*payments-0/);
	assert.deepEqual(logRequests(well), []);
});
