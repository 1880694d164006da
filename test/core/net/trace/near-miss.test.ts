import assert from 'node:assert/strict';
import {test} from 'node:test';
import {keyOfValue, nearNames, selectorMiss} from '../../../../source/core/net/trace/near-miss.ts';
import type {NetPod} from '../../../../source/core/net/net-objects.ts';
import {podObject} from '../../../tools/cluster-view.ts';

const pods = (...labels: ReadonlyArray<Readonly<Record<string, string>>>): readonly NetPod[] =>
	labels.map((one, index) => podObject(`shop/p${index}`, {labels: one}));

function miss(selector: Readonly<Record<string, string>>, ...labels: ReadonlyArray<Readonly<Record<string, string>>>) {
	const found = selectorMiss(selector, pods(...labels));
	return found && [found.label, found.wanted, found.has, found.pods.length];
}

test('a mistyped value', () => {
	assert.deepEqual(miss({app: 'promos'}, {app: 'promo'}, {app: 'cart'}), ['app', 'promos', 'promo', 1]);
});

test('the label whose removal lets it match, with what most of those pods have', () => {
	assert.deepEqual(miss({app: 'api', tier: 'web'}, {app: 'api', tier: 'backend'}, {app: 'api', tier: 'backend'}, {app: 'api', tier: 'other'}), [
		'tier',
		'web',
		'backend',
		2,
	]);
	assert.deepEqual(miss({app: 'api', tier: 'web'}, {app: 'api'}), ['tier', 'web', undefined, 1], 'they lack the label');
});

test('the right value under another key', () => {
	const found = pods({app: 'web'});
	assert.deepEqual(miss({name: 'web'}, {app: 'web'}), ['name', 'web', undefined, 1]);
	assert.equal(found[0] && keyOfValue(found[0], 'web'), 'app');
});

test('nothing near is nothing', () => {
	assert.equal(miss({app: 'web'}, {app: 'database'}, {}), undefined);
	assert.equal(miss({app: 'web'}), undefined);
});

test('names: the same name elsewhere, a mistyped one here, a mistyped one anywhere', () => {
	const all = [
		{name: 'web', namespace: 'shop'},
		{name: 'api', namespace: 'pay'},
		{name: 'webs', namespace: 'pay'},
	];
	assert.deepEqual(nearNames('web', 'pay', all), ['web.shop', 'webs.pay']);
	assert.deepEqual(nearNames('apo', 'shop', all), ['api.pay']);
	assert.deepEqual(nearNames('orders', 'shop', all), []);
});
