import assert from 'node:assert/strict';
import {test} from 'node:test';
import {logsScreen} from '../../source/core/logs/logs-start.ts';
import type {LogsScreen} from '../../source/core/screen.ts';
import {objectScreen} from '../../source/core/targets.ts';
import {actionContext, pageFrame, podItem, tableFrame} from '../tools/frames.ts';
import {runAction} from '../tools/run-action.ts';

const pod = {apiVersion: 'v1', kind: 'Pod', name: 'web-1', namespace: 'shop'};
const target = {type: 'pod', namespace: 'shop', name: 'web-1'} as const;
const on = (screen: Partial<LogsScreen> = {}) => actionContext(pageFrame({screen: {...logsScreen(target), ...screen}}));

/** What the action changes of the screen. */
function changed(id: string, screen: Partial<LogsScreen> = {}): unknown {
	const effects = runAction(id, on(screen));
	const [first] = effects;
	return typeof first === 'object' && first.type === 'change' ? first.screen : effects;
}

test('l and p open the logs of the row, by its kind', () => {
	const opened = (of: string, id: string) => runAction(id, actionContext(tableFrame({of, items: [podItem('web-1')]})));
	assert.deepEqual(opened('pods', 'logs.open'), [{type: 'open', screen: logsScreen(target)}]);
	assert.deepEqual(opened('pods', 'logs.open-previous'), [{type: 'open', screen: logsScreen(target, {previous: true})}]);
	assert.deepEqual(opened('deployments.apps', 'logs.open'), [
		{type: 'open', screen: logsScreen({type: 'owner', kind: 'deployments.apps', namespace: 'shop', name: 'web-1'})},
	]);
	assert.equal(opened('secrets', 'logs.open'), 'secrets have no logs');
	assert.equal(opened('nodes', 'logs.open-previous'), 'The log of a node has no run before');
	assert.equal(runAction('logs.open', actionContext(tableFrame())), 'There is no row here');
});

test('on the page of a pod the container under the cursor is opened', () => {
	const lines = [{line: [{text: ' X app'}], id: 'container:app:web'}];
	const at = (cursor?: string) => actionContext(pageFrame({lines, screen: {...objectScreen('pods', pod), ...(cursor === undefined ? {} : {cursor})}}));
	assert.deepEqual(runAction('logs.open-object', at('container:app:web')), [{type: 'open', screen: logsScreen(target, {container: 'web'})}]);
	assert.deepEqual(runAction('logs.open-object-previous', at()), [{type: 'open', screen: logsScreen(target, {previous: true, container: 'web'})}]);
	const secret = actionContext(pageFrame({screen: objectScreen('secrets', {...pod, kind: 'Secret'})}));
	assert.equal(runAction('logs.open-object', secret), 'secrets have no logs');
});

test('digits are ranges: a range begins anew', () => {
	assert.deepEqual(changed('logs.range-15m'), {
		type: 'logs',
		range: '15m',
		fromTime: undefined,
		clearedBefore: 0,
		marks: [],
		follow: true,
		top: 0,
		cursor: 'line:0',
	});
	assert.ok(JSON.stringify(changed('logs.range-head')).includes('"follow":false'));
});

const toggles: ReadonlyArray<readonly [string, Partial<LogsScreen>, object]> = [
	['logs.wrap', {left: 16}, {wrap: false, left: 0}],
	['logs.stamps', {}, {stamps: 'relative'}],
	['logs.stamps', {stamps: 'none'}, {stamps: 'time'}],
	['logs.fields', {}, {fields: 'columns'}],
	['logs.fields', {fields: 'raw'}, {fields: 'folded'}],
	['logs.full-screen', {}, {fullScreen: true}],
	['logs.pod-colours', {}, {podColours: false}],
	['logs.events', {}, {events: false}],
	['logs.fold', {}, {fold: false}],
	['logs.previous', {clearedBefore: 7}, {previous: true, clearedBefore: 0, marks: [], follow: true}],
];

for (const [id, screen, fields] of toggles) test(`${id} ${JSON.stringify(screen)}`, () => assert.deepEqual(changed(id, screen), {type: 'logs', ...fields}));

test('what needs the rows is asked of what feeds the page', () => {
	for (const [id, command] of [['follow'], ['mark'], ['copy'], ['clear'], ['containers'], ['error'], ['only'], ['line', 'open']] as const)
		assert.deepEqual(runAction(`logs.${id}`, on()), [{type: 'page-command', command: command ?? id}]);
	assert.deepEqual(runAction('logs.right', on()), [{type: 'page-command', command: 'sideways', words: ['1']}]);
	assert.deepEqual(runAction('logs.left', on()), [{type: 'page-command', command: 'sideways', words: ['-1']}]);
	assert.deepEqual(runAction('logs.next-match', on({search: 'x'})), [{type: 'page-command', command: 'find', words: ['1', 'x']}]);
	assert.deepEqual(runAction('logs.previous-match', on()), [{type: 'page-command', command: 'find', words: ['-1', '']}]);
	assert.deepEqual(runAction('move.down', {...on(), count: 5}), [{type: 'page-command', command: 'move', words: ['down', '5']}]);
	assert.deepEqual(runAction('move.last', on()), [{type: 'page-command', command: 'move', words: ['last']}]);
	assert.deepEqual(runAction('logs.retry', on()), [{type: 'reload'}]);
});

test('S proposes a file named after what is read, and when', () => {
	assert.deepEqual(runAction('logs.save', on()), [{type: 'prompt', prompt: 'command', text: 'save ~/web-1-20260114T140231Z.log'}]);
	const selector = on({target: {type: 'selector', labelSelector: 'app in (a,b)'}});
	assert.deepEqual(runAction('logs.save', selector), [{type: 'prompt', prompt: 'command', text: 'save ~/app-in-a-b--20260114T140231Z.log'}]);
});
