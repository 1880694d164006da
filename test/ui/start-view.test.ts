import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {LogsWish} from '../../source/core/invocation.ts';
import {logsScreen} from '../../source/core/logs/logs-start.ts';
import {logsView, type StartPlace} from '../../source/ui/start-view.ts';
import {catalogue, now} from '../tools/frames.ts';

const place: StartPlace = {catalogue, namespace: 'shop', now, discovered: true};
const wish: LogsWish = {allNamespaces: false, allContainers: false, previous: false, follow: false, include: [], exclude: [], events: false};
const opened = (fields: Partial<LogsWish>, at: Partial<StartPlace> = {}) => logsView({logs: {...wish, ...fields}}, {...place, ...at});

test('a pod, an owner, a selector, a node', () => {
	assert.deepEqual(opened({target: {kind: 'pods', name: 'web-1'}, container: 'app'}), [
		logsScreen({type: 'pod', namespace: 'shop', name: 'web-1'}, {container: 'app'}),
	]);
	assert.deepEqual(opened({target: {kind: 'deployments', name: 'web'}, previous: true}), [
		logsScreen({type: 'owner', kind: 'deployments.apps', namespace: 'shop', name: 'web'}, {previous: true}),
	]);
	assert.deepEqual(opened({labelSelector: 'app=web', allNamespaces: true}), [logsScreen({type: 'selector', labelSelector: 'app=web'})]);
	assert.deepEqual(opened({target: {kind: 'nodes', name: 'n1'}, container: 'containerd'}), [logsScreen({type: 'node', node: 'n1', service: 'containerd'})]);
});

test('ranges of the screen are named, other spans begin at a time; patterns and a level are filters', () => {
	assert.deepEqual(opened({labelSelector: 'a=b', sinceMs: 900_000}), [logsScreen({type: 'selector', labelSelector: 'a=b', namespace: 'shop'}, {range: '15m'})]);
	const [screen] = opened({labelSelector: 'a=b', sinceMs: 90_000, include: ['x'], exclude: ['^y'], level: 'warn'});
	assert.ok(typeof screen === 'object' && screen.type === 'logs');
	assert.equal(screen.fromTime, now - 90_000);
	assert.deepEqual(screen.filters, [
		{type: 'include', pattern: 'x', regex: true},
		{type: 'exclude', pattern: '^y', regex: true},
		{type: 'level', least: 'warn'},
	]);
	const [either] = opened({labelSelector: 'a=b', include: ['x', 'y']});
	assert.ok(typeof either === 'object' && either.type === 'logs');
	assert.deepEqual(either.filters, [{type: 'include-any', patterns: ['x', 'y']}]);
});

test('a kind that only the server knows is asked for later; one without logs opens nothing', () => {
	assert.equal(opened({target: {kind: 'rollouts', name: 'web'}}, {discovered: false}), 'later');
	assert.deepEqual(opened({target: {kind: 'rollouts', name: 'web'}}), []);
	assert.deepEqual(opened({target: {kind: 'secrets', name: 'x'}}), []);
});
