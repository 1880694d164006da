import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type AppState, initialState} from '../../../source/core/app-state.ts';
import type {Effect, StateEffect} from '../../../source/core/effect.ts';
import type {Screen} from '../../../source/core/screen.ts';
import {didText, isJourney, type Step} from '../../../source/core/share/did-text.ts';
import {objectScreen, tableScreen} from '../../../source/core/targets.ts';
import {update} from '../../../source/core/update.ts';

const overview: Screen = {type: 'overview', top: 0};
const pods = tableScreen('pods', {namespace: 'shop'});
const pod = objectScreen('pods', {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1'});
const nameOf = (screen: Screen): string => (screen.type === 'table' ? `Pods(${screen.namespace ?? 'all'})` : screen.type);
const stateOf = (...stack: readonly Screen[]): AppState => initialState({stack, namespace: 'shop'});

const world: ReadonlySet<Effect['type']> = new Set<Effect['type']>(['copy', 'context', 'connect', 'export', 'record', 'pipe', 'save', 'level', 'reload']);

function step(before: AppState, effects: readonly Effect[], title?: string): Step {
	const own = effects.filter((effect): effect is StateEffect => !world.has(effect.type));
	return {before, after: own.reduce((state, effect) => update(state, effect, 0), before), effects, title};
}

test('what was done is said as it turned out, not as the key is called', () => {
	const inPods = stateOf(overview, pods);
	const filtering = update(inPods, {type: 'prompt', prompt: 'filter'}, 0);
	const typed = update(filtering, {type: 'change', screen: {type: 'table', filter: 'web'}}, 0);
	const inPod = stateOf(overview, pods, pod);
	const asked = update(inPods, {type: 'ask', dialog: {title: 'Raise the level', lines: [], confirm: 'raise', keep: 'stay', effects: []}}, 0);
	const change = (screen: Extract<StateEffect, {type: 'change'}>['screen']): readonly Effect[] => [{type: 'change', screen}];
	const cases: ReadonlyArray<readonly [AppState, readonly Effect[], string | undefined]> = [
		[stateOf(overview), [{type: 'go', screen: pods}], 'opened Pods(shop)'],
		[inPods, [{type: 'open', screen: {...pod, tab: 'yaml'}}], 'opened YAML of Pod web-1 in shop'],
		[inPods, [{type: 'open', screen: pod}], 'opened Pod web-1 in shop'],
		[inPod, change({type: 'object', tab: 'events'}), 'opened Events of Pod web-1 in shop'],
		[inPod, [{type: 'peel'}], 'went back to Pods(shop)'],
		[inPods, change({type: 'table', filter: 'web'}), 'filtered by web'],
		[typed, [...change({type: 'table', filter: 'web'}), {type: 'close'}], 'filtered by web'],
		[typed, [{type: 'peel'}], undefined],
		[stateOf(overview, {...pods, filter: 'web'}), [{type: 'peel'}], 'took the filter off'],
		[inPods, change({type: 'table', sort: {by: 'restarts', descending: true}}), 'sorted by RESTARTS, largest first'],
		[inPods, change({type: 'table', marks: ['a', 'b']}), 'marked 2 rows'],
		[inPods, change({type: 'table', faultsOnly: true}), 'showed faults only'],
		[inPods, change({type: 'table', cursor: 'b', line: 3}), 'Down'],
		[inPod, change({type: 'object', search: 'KEY'}), 'searched for KEY'],
		[inPods, [{type: 'namespace', namespace: undefined}], 'went to all namespaces'],
		[inPods, [{type: 'ask', dialog: {title: 'Raise the level', lines: [], confirm: 'raise', keep: 'stay', effects: []}}], 'was asked: Raise the level'],
		[inPods, [{type: 'copy', text: 'a\nb', what: '2 names'}], 'copies 2 names'],
		[inPods, [{type: 'context', name: 'lab'}], 'goes to context lab'],
		[inPods, [{type: 'export', format: 'svg'}], 'exports the screen as svg'],
		[asked, [{type: 'close'}], 'answered: stay'],
		[asked, [{type: 'close'}, {type: 'level', level: 'write'}], 'answered: raise'],
		[inPod, [{type: 'go', screen: pods}], 'opened Pods(shop)'],
		[update(inPod, {type: 'go', screen: overview}, 0), [{type: 'history', step: -1}], 'went back to Pod web-1 in shop'],
		[
			inPods,
			[
				{type: 'switch', to: {motion: false}},
				{type: 'notice', tone: 'muted', text: 'Less motion'},
			],
			'Less motion',
		],
		[inPods, [{type: 'reload'}], 'Down'],
		[inPods, [{type: 'prompt', prompt: 'command'}], undefined],
		[inPods, [{type: 'notice', tone: 'muted', text: 'There is no row here'}], undefined],
	];
	for (const [before, effects, text] of cases) assert.equal(didText(step(before, effects, 'Down'), nameOf), text, JSON.stringify(effects));
	assert.equal(didText(step(filtering, change({type: 'table', filter: 'web'})), nameOf), undefined, 'while it is typed');
});

test('a journey is whatever puts another screen there: back as well as on', () => {
	const inPods = stateOf(overview, pods);
	assert.ok(isJourney(step(inPods, [{type: 'peel'}])));
	assert.ok(isJourney(step(inPods, [{type: 'open', screen: pod}])));
	assert.ok(isJourney(step(inPods, [{type: 'go', screen: tableScreen('pods')}])), 'the same kind elsewhere');
	assert.ok(isJourney(step(inPods, [{type: 'context', name: 'lab'}])));
	assert.ok(!isJourney(step(inPods, [{type: 'change', screen: {type: 'table', filter: 'x'}}])));
	assert.ok(!isJourney(step(stateOf(overview), [{type: 'peel'}])), 'at the root nothing happens');
});
