import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import type {Consumers, OverviewModel} from '../../source/core/overview-model.ts';
import {consumersBlock} from '../../source/pages/overview-consumers.ts';
import {now, setting} from './page-fixture.ts';

const Gi = 1024 ** 3;
const consumers: Consumers = {
	cpu: [
		{namespace: 'search', name: 'search-0', value: 1840},
		{namespace: 'data', name: 'pg-0', value: 910},
		{namespace: 'shop', name: 'web-6f9c7d8b54-kq2xz', value: 402},
	],
	memory: [{namespace: 'data', name: 'pg-0', value: 6.2 * Gi}],
	at: now - 5000,
	windowMs: 15_000,
};
const model = (more: Partial<OverviewModel> = {}): OverviewModel => ({
	context: {name: 'x', cluster: 'x', user: 'x', namespace: 'x', server: 'x', source: 'x', demo: false},
	families: [],
	counts: {},
	eventsPerMinute: Array.from({length: 30}, (_none, index) => index % 9),
	warnings: [],
	stream: {state: 'live', lastEventAt: now},
	watching: 0,
	denied: 0,
	consumers,
	...more,
});
const text = (of: OverviewModel, columns = 80, rate = true): readonly string[] =>
	consumersBlock(of, setting(columns, 24), rate).map(({line}) => plain(line).trimEnd());

test('the largest consumers, and the rate of events beside them (M1)', () => {
	assert.match(text(model())[0] ?? '', /^ TOP CPU {2}search-0 1840m {2}pg-0 910m .*EVENTS\/min now 2, max 8$/);
	assert.match(text(model())[1] ?? '', /^ TOP MEM {2}pg-0 6\.2Gi {10,}[_.:=+*#-]{30}$/);
	assert.equal(text(model(), 140)[0]?.includes('web-6f9c7d8b54-kq2xz 402m'), true);
	assert.equal(text(model(), 60).length, 3, 'on a narrow terminal the rate has a line of its own');
	assert.equal(text(model(), 60, false).length, 2);
});

test('Enter on them opens Top in that order', () => {
	const [cpu, memory] = consumersBlock(model(), setting(80, 24), true);
	const sortOf = (line: typeof cpu): unknown =>
		line?.enter?.[0]?.type === 'open' && line.enter[0].screen.type === 'top' ? line.enter[0].screen.sort : undefined;
	assert.deepEqual([sortOf(cpu), sortOf(memory)], ['cpu', 'memory']);
});

test('what is not measured says why, old values say how old, and before the first answer there is only the rate', () => {
	const missing = {step: 'absent', word: '', text: 'This cluster has no metrics API.', remedy: ''} as const;
	assert.match(text(model({consumers: {cpu: [], memory: [], missing}}))[0] ?? '', /^ TOP CPU {2}This cluster has no metrics API\./);
	assert.match(text(model({consumers: {...consumers, missing, at: now - 120_000}}))[0] ?? '', /^ TOP CPU {2}search-0 1840m.* 2m old/);
	const {consumers: _consumers, ...unasked} = model();
	assert.match(text(unasked).join('|'), /^ EVENTS\/min now 2, max 8 {2}[_.:=+*#-]{30}$/);
	assert.deepEqual(text(unasked, 80, false), []);
});

test('names are cut so that several find room', () => {
	const long = {...consumers, cpu: ['a', 'b', 'c'].map(letter => ({namespace: 'x', name: `metrics-server-68f9598c4b-${letter}rbsz`, value: 6}))};
	assert.match(text(model({consumers: long}))[0] ?? '', /metri\S*~\S*arbsz 6m {2}metri\S*~\S*brbsz 6m/);
});
