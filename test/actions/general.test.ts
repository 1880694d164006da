import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {StreamState} from '../../source/core/feed.ts';
import type {View} from '../../source/core/view.ts';
import {actionContext, linesOf, pageFrame, podItem, tableFrame} from '../tools/frames.ts';
import {runAction} from '../tools/run-action.ts';

const table = actionContext(tableFrame({items: [podItem('a')]}));
const overview = actionContext(pageFrame({lines: linesOf('a', 'b')}));

test('q peels a layer, and asks at the root', () => {
	assert.deepEqual(runAction('general.close', table), [{type: 'peel'}]);
	assert.deepEqual(runAction('general.close', overview), [{type: 'ask-quit'}]);
	assert.deepEqual(runAction('general.cancel', table), [{type: 'ask-quit'}]);
	assert.deepEqual(runAction('general.peel', overview), [{type: 'peel'}]);
});

test('/ filters a table and searches a page', () => {
	assert.deepEqual(runAction('general.filter', table), [{type: 'prompt', prompt: 'filter'}]);
	assert.deepEqual(runAction('general.filter', overview), [{type: 'prompt', prompt: 'search'}]);
});

test('? lists the keys of this screen, and closes the list again', () => {
	assert.deepEqual(runAction('general.help', table), [{type: 'open', screen: {type: 'help', about: 'table', filter: '', top: 0}}]);
	const help = actionContext(pageFrame({screen: {type: 'help', about: 'table', filter: '', top: 0}}));
	assert.deepEqual(runAction('general.help', help), [{type: 'peel'}]);
});

test('Enter does what the line under the cursor says, or the first line that can take it', () => {
	const lines = [{line: [{text: ' head'}]}, {line: [{text: ' a'}], id: 'a', enter: [{type: 'quit'} as const]}, {line: [{text: ' b'}], id: 'b'}];
	assert.deepEqual(runAction('page.enter', actionContext(pageFrame({lines}))), [{type: 'quit'}]);
	assert.deepEqual(runAction('page.enter', actionContext(pageFrame({lines, screen: {type: 'calls', cursor: 'b', top: 0}}))), []);
	assert.deepEqual(runAction('page.enter', table), []);
});

test('n and N go from match to match', () => {
	const searched = actionContext(pageFrame({lines: linesOf('one', 'two', 'one more'), screen: {type: 'calls', cursor: 'one', top: 0, search: 'one'}}));
	const [next] = runAction('general.next-match', searched);
	assert.deepEqual(next, {type: 'change', screen: {type: 'calls', top: 0, cursor: 'one more'}});
	const [none] = runAction('general.next-match', actionContext(pageFrame({screen: {type: 'calls', top: 0}})));
	assert.ok(typeof none === 'object' && none.type === 'notice' && none.text.includes('/ searches'));
});

test('the other keys are effects of one kind each', () => {
	const expected: Readonly<Record<string, unknown>> = {
		'general.command': {type: 'prompt', prompt: 'command'},
		'general.palette': {type: 'prompt', prompt: 'palette'},
		'general.actions': {type: 'prompt', prompt: 'actions'},
		'general.last': {type: 'last-view'},
		'general.back': {type: 'history', step: -1},
		'general.forward': {type: 'history', step: 1},
		'general.reload': {type: 'reload'},
		'general.header': {type: 'switch', to: {header: false}},
		'general.crumbs': {type: 'switch', to: {crumbs: false}},
		'general.aliases': {type: 'open', screen: {type: 'aliases', top: 0}},
		'general.redraw': {type: 'redraw'},
		'general.suspend': {type: 'suspend'},
	};
	for (const [id, effect] of Object.entries(expected)) assert.deepEqual(runAction(id, table), [effect], id);
});

test('r retries a table whose data is old, and says so where nothing is to be retried', () => {
	const live = tableFrame({items: [podItem('a')]});
	const problem = {code: 'refused', what: 'Could not watch pods', cause: 'connection refused'} as const;
	const stale = actionContext({...live, view: withStream(live.view, {state: 'reconnecting', since: 0, nextTryAt: 1000, problem})});
	assert.deepEqual(runAction('table.retry', stale), [{type: 'reload'}]);
	assert.notDeepEqual(runAction('table.retry', actionContext({...live, view: withStream(live.view, {state: 'live', lastEventAt: 0})})), [{type: 'reload'}]);
});

function withStream(view: View, stream: StreamState): View {
	return view.type === 'table' ? {...view, snapshot: {...view.snapshot, stream}} : view;
}
