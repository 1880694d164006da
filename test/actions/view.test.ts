import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tableScreen} from '../../source/core/targets.ts';
import {actionContext, pageFrame, podItem, tableFrame} from '../tools/frames.ts';
import {runAction} from '../tools/run-action.ts';

const table = (options: Parameters<typeof tableFrame>[0] = {}) => actionContext(tableFrame({items: [podItem('a')], ...options}));

test('switches turn round', () => {
	assert.deepEqual(runAction('view.wide', table()), [{type: 'change', screen: {type: 'table', wide: true}}]);
	assert.deepEqual(runAction('view.wide', table({screen: {wide: true}})), [{type: 'change', screen: {type: 'table', wide: false}}]);
	assert.deepEqual(runAction('view.faults', table({screen: {faultsOnly: true}})), [{type: 'change', screen: {type: 'table', faultsOnly: false}}]);
	assert.deepEqual(runAction('view.header', table()), [{type: 'switch', to: {header: false}}]);
	assert.deepEqual(runAction('view.clear', table({screen: {filter: 'x'}})), [{type: 'change', screen: {type: 'table', filter: '', faultsOnly: false}}]);
	assert.deepEqual(runAction('view.motion', table())[0], {type: 'switch', to: {motion: false}});
});

test('times go round from ages over UTC to local time', () => {
	const shown = ['age', 'utc', 'local'] as const;
	for (const [index, times] of shown.entries())
		assert.deepEqual(runAction('view.times', table({state: {times}})), [{type: 'switch', to: {times: shown[(index + 1) % 3]}}]);
});

test('the preview needs its columns, and is on by itself from 140', () => {
	assert.equal(runAction('view.split', table()), 'The preview needs 100 columns; this terminal has 80');
	assert.deepEqual(runAction('view.split', table({viewport: {columns: 100, rows: 30}})), [{type: 'switch', to: {split: true}}]);
	assert.deepEqual(runAction('view.split', table({viewport: {columns: 140, rows: 40}})), [{type: 'switch', to: {split: false}}]);
	assert.deepEqual(runAction('view.split', table({viewport: {columns: 140, rows: 40}, state: {split: false}})), [{type: 'switch', to: {split: true}}]);
});

test('z p pins, nine at most', () => {
	const [pin, notice] = runAction('view.pin', table());
	assert.deepEqual([pin, notice], [{type: 'pin'}, {type: 'notice', tone: 'ok', text: 'Pinned: g 1 comes back here'}]);
	const pins = Array.from({length: 9}, () => tableScreen('pods'));
	assert.match(String(runAction('view.pin', actionContext(pageFrame({state: {pins}})))), /Nine tabs/);
});

test('z r opens the ReplicaSets', () => {
	assert.deepEqual(runAction('view.replicasets', table()), [{type: 'open', screen: tableScreen('replicasets.apps', {namespace: 'shop'})}]);
});
