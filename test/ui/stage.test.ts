import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {DemoServer} from '../../source/demo/server.ts';
import {openApp} from '../tools/open-app.ts';

/** Watches of that path that are open now. */
function watches(server: DemoServer, path: string): number {
	return server.requests.all().filter(request => request.isOpen && request.path === path && request.query.get('watch') !== null).length;
}

const pods = '/api/v1/namespaces/shop/pods';

test('what is left behind keeps its watch for a minute: going back shows the rows at once', async () => {
	await using app = await openApp({selection: {targets: [{kind: 'pods'}]}});
	assert.equal(watches(app.server, pods), 1);
	await app.press(':nodes<enter>');
	assert.equal(watches(app.server, pods), 1);
	await app.stall(true);
	await app.press('H');
	assert.match(app.text(), /cart-\w+-\w+ +2\/2 +Running/);
	await app.stall(false);
	await app.press(':nodes<enter>');
	await app.pass(61_000);
	assert.equal(watches(app.server, pods), 0);
});

test('two tables of the same kind in different namespaces are two', async () => {
	await using app = await openApp({selection: {targets: [{kind: 'pods'}]}});
	await app.press(':pods data<enter>');
	assert.match(app.text(), /kafka-0/);
	assert.doesNotMatch(app.text(), /cart-/);
	assert.equal(watches(app.server, '/api/v1/namespaces/data/pods'), 1);
});

test('filter, order and columns of a table change without a new request', async () => {
	await using app = await openApp({selection: {targets: [{kind: 'pods'}]}});
	const asked = (): number => app.server.requests.all().filter(({path}) => path === pods).length;
	const before = asked();
	await app.press('/cart<enter>');
	await app.press('T');
	assert.equal(asked(), before);
	assert.match(app.text(), /2 of 18 shown/);
	// The wide columns of pods are shares of requests and limits: whole pods are listed and watched for them, once.
	await app.press('zw');
	assert.equal(asked(), before + 2);
	await app.press('zwzw');
	assert.equal(asked(), before + 2);
});

test('a frozen page counts what it does not show, and nothing else', async () => {
	await using app = await openApp({scenario: 'healthy'});
	await app.press(':pods<enter>');
	const name = app.screen.lines()[3]?.match(/cart-\S+/)?.[0] ?? '';
	await app.press('<enter>2');
	await app.press(':freeze<enter>');
	await app.pass(20_000);
	assert.match(app.text(), /FROZEN +14:/, 'time passes, nothing happens');
	app.server.cluster.patch('pods', 'shop', name, {metadata: {labels: {seen: 'no'}}});
	await app.pass(2000);
	assert.match(app.text(), /FROZEN, 1 change waiting/);
	assert.doesNotMatch(app.text(), /seen: /);
	await app.press(':freeze<enter>');
	await app.pass(1000);
	assert.match(app.text(), /seen: "no"/);
	assert.doesNotMatch(app.text(), /FROZEN,/);
});

test('r asks again what a page asked once', async () => {
	await using app = await openApp();
	await app.press(':ctx<enter>');
	const versions = (): number => app.server.requests.all().filter(({path}) => path === '/version').length;
	const before = versions();
	await app.press('r');
	assert.equal(versions(), before + 1);
});

test('without a cluster every screen that needs one is the first-start screen', async () => {
	await using app = await openApp({scenario: 'none'});
	await app.press(':pods<enter>');
	assert.match(app.text(), /no cluster chosen yet/);
});
