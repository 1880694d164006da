import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Effect} from '../../source/core/effect.ts';
import type {PageLine} from '../../source/core/page.ts';
import type {TopScreen} from '../../source/core/screen.ts';
import {openObject} from '../../source/core/targets.ts';
import {topScreenOf} from '../../source/core/top/top-screen.ts';
import type {TopView} from '../../source/core/top/top-view.ts';
import {actionContext, pageFrame, tableFrame} from '../tools/frames.ts';
import {runAction} from '../tools/run-action.ts';

const enter: readonly Effect[] = [{type: 'open', screen: topScreenOf({level: 'pods', node: 'n1'})}];
const lines: readonly PageLine[] = [
	{line: [{text: ' n1'}], id: 'row:node|n1', enter},
	{line: [{text: ' web'}], id: 'row:pod|shop/web-0'},
	{line: [{text: ' app'}], id: 'row:container|shop/web-0|app'},
	{line: [{text: ' web'}], id: 'row:workloads|Deployment shop/web'},
];
const on = (view: Partial<TopView> = {}, more: Partial<TopScreen> = {}) => actionContext(pageFrame({lines, screen: {...topScreenOf(view), ...more}}));
const replaced = (effects: ReturnType<typeof runAction>): unknown => {
	const found = typeof effects === 'string' ? undefined : effects.find(effect => effect.type === 'replace');
	return found?.type === 'replace' ? found.screen : effects;
};

test('g t opens the nodes from anywhere', () => {
	assert.deepEqual(runAction('go.top', actionContext(tableFrame())), [{type: 'open', screen: topScreenOf()}]);
});

test('Tab goes round the levels and back; what narrows pods stays, a single pod does not', () => {
	assert.deepEqual(replaced(runAction('top.level', on({level: 'nodes'}))), topScreenOf({level: 'pods'}));
	assert.deepEqual(replaced(runAction('top.level', on({level: 'namespaces'}))), topScreenOf({level: 'nodes'}));
	assert.deepEqual(replaced(runAction('top.level-before', on({level: 'nodes'}))), topScreenOf({level: 'namespaces'}));
	assert.deepEqual(
		replaced(runAction('top.level', on({level: 'pods', node: 'n1', namespace: 'shop'}, {top: 40}))),
		topScreenOf({level: 'containers', node: 'n1', namespace: 'shop'}),
	);
	assert.deepEqual(replaced(runAction('top.level', on({level: 'containers', pod: 'shop/web-0'}))), topScreenOf({level: 'workloads'}));
});

test('C M N P sort, again reverses, and the cursor is on the first row', () => {
	const sorted = (id: string, view: Partial<TopView> = {}) => {
		const [effect] = runAction(id, on(view, {cursor: 'row:node|n1', top: 12}));
		return typeof effect === 'object' && effect.type === 'change' ? effect.screen : effect;
	};
	const base = {type: 'top', cursor: 'row:', top: 0};
	assert.deepEqual(sorted('top.sort-memory'), {...base, sort: 'memory', descending: true});
	assert.deepEqual(sorted('top.sort-cpu'), {...base, sort: 'cpu', descending: false});
	assert.deepEqual(sorted('top.sort-name'), {...base, sort: 'name', descending: false});
	assert.deepEqual(sorted('top.sort-namespace', {sort: 'namespace', descending: false}), {...base, sort: 'namespace', descending: true});
});

test('Enter goes where the row says; d y m open the object of a row that is one', () => {
	assert.deepEqual(runAction('top.enter', on()), enter);
	const pod = {apiVersion: 'v1', kind: 'Pod', name: 'web-0', namespace: 'shop'};
	assert.deepEqual(runAction('top.describe', on()), [openObject('nodes', {apiVersion: 'v1', kind: 'Node', name: 'n1'}, 'summary')]);
	assert.deepEqual(runAction('top.yaml', on({}, {cursor: 'row:pod|shop/web-0'})), [openObject('pods', pod, 'yaml')]);
	assert.deepEqual(runAction('top.metrics', on({}, {cursor: 'row:container|shop/web-0|app'})), [openObject('pods', pod, 'metrics')]);
	assert.deepEqual(runAction('top.describe', on({}, {cursor: 'row:workloads|Deployment shop/web'})), [
		{type: 'notice', tone: 'muted', text: 'This row is more than one object. Enter shows its pods'},
	]);
});

test('z b shows pods without requests alone, from the nodes those of all nodes', () => {
	assert.deepEqual(runAction('top.best-effort', on({level: 'pods'})), [{type: 'change', screen: {type: 'top', bestEffort: true, cursor: 'row:', top: 0}}]);
	assert.deepEqual(runAction('top.best-effort', on({level: 'nodes'})), [{type: 'open', screen: topScreenOf({level: 'pods', bestEffort: true})}]);
});

test('z n turns amounts into percentages and back', () => {
	assert.deepEqual(runAction('top.units', on()), [{type: 'change', screen: {type: 'top', units: 'percent'}}]);
	assert.deepEqual(runAction('top.units', on({units: 'percent'})), [{type: 'change', screen: {type: 'top', units: 'quantity'}}]);
});

test('digits are namespaces as in tables', () => {
	assert.deepEqual(
		replaced(runAction('top.namespace-0', on({level: 'pods', namespace: 'shop', workload: 'Deployment shop/web'}))),
		topScreenOf({level: 'pods'}),
	);
	assert.match(String(runAction('top.namespace-9', on())), /no favourite namespace 9/);
});

test('r measures again', () => assert.deepEqual(runAction('top.reload', on()), [{type: 'reload'}]));
