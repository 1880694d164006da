import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Pulse} from '../../source/store/pulse.ts';
import {WatchedScopes} from '../../source/store/scopes.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {podType} from '../tools/pod-type.ts';
import {pod, scriptedFeed} from '../tools/scripted-feed.ts';

function setUp() {
	const clock = createFakeClock();
	const feed = scriptedFeed();
	const pulse = new Pulse({clock, tier: () => 'local', blocked: () => false});
	return {clock, feed, scopes: new WatchedScopes({feedOf: feed.feedOf, clock, pulse, skewMs: () => 0})};
}
const scope = {type: podType, mode: 'metadata'} as const;

test('the same scope is watched once; it lingers a minute after the last left, then its feed ends', async () => {
	const {clock, feed, scopes} = setUp();
	const one = scopes.open(scope, () => {});
	const two = scopes.open(scope, () => {});
	assert.equal(feed.opened.length, 1);
	one[Symbol.dispose]();
	two[Symbol.dispose]();
	await clock.advance(59_000);
	assert.equal(feed.running(), 1);
	await clock.advance(1_000);
	await clock.settle();
	assert.deepEqual([feed.running(), scopes.watching(), clock.pending()], [0, 0, 0]);
});

test('coming back while it lingers finds the rows, without a new list', async () => {
	const {clock, feed, scopes} = setUp();
	scopes.open(scope, () => {})[Symbol.dispose]();
	feed.sink().beginList();
	feed.sink().page([pod('a')]);
	feed.sink().endList();
	await clock.advance(30_000);
	const again = scopes.open(scope, () => {});
	assert.deepEqual([again.size(), again.state().data, feed.opened.length], [1, 'ready', 1]);
	await clock.advance(120_000);
	assert.equal(feed.running(), 1);
});

test('a subscriber is told once a frame however many events came, and never after it left', async () => {
	const {clock, feed, scopes} = setUp();
	let told = 0;
	const handle = scopes.open(scope, () => told++);
	for (let version = 1; version <= 50; version++) feed.sink().apply([{type: 'upsert', item: pod('a', {resourceVersion: String(version)})}]);
	await clock.advance(0);
	assert.equal(told, 1);
	feed.sink().apply([{type: 'upsert', item: pod('b')}]);
	handle[Symbol.dispose]();
	await clock.advance(1000);
	assert.equal(told, 1);
});

test('beyond 32 watches the one that lingers longest is closed first', () => {
	const {feed, scopes} = setUp();
	for (let index = 0; index < 40; index++) scopes.open({...scope, namespace: `ns-${index}`}, () => {})[Symbol.dispose]();
	assert.ok(scopes.watching() <= 32, `${scopes.watching()} watches`);
	assert.equal(feed.opened.length, 40);
});

test('what is looked at in the background is told at most once a second and delays no frame', async () => {
	const {clock, feed, scopes} = setUp();
	let background = 0;
	let frames = 0;
	scopes.open(scope, () => background++, 'background');
	scopes.open(scope, () => frames++);
	for (let version = 1; version <= 20; version++) {
		feed.sink().apply([{type: 'upsert', item: pod('a', {resourceVersion: String(version)})}]);
		await clock.advance(100);
	}
	assert.ok(frames >= 19, `${frames} frames`);
	assert.ok(background <= 3, `${background} in the background`);
});

test('what is opened after the end stays empty and asks nothing', () => {
	const {feed, scopes} = setUp();
	scopes[Symbol.dispose]();
	using late = scopes.open(scope, () => {});
	assert.deepEqual([feed.opened.length, late.size(), late.state().data], [0, 0, 'none']);
});
