import assert from 'node:assert/strict';
import {test} from 'node:test';
import {labelSelectorText, labelsMatch, labelsText, selectorMatches} from '../../source/core/label-selector.ts';

const selector = {
	matchLabels: {app: 'web'},
	matchExpressions: [
		{key: 'tier', operator: 'In', values: ['a', 'b']},
		{key: 'old', operator: 'DoesNotExist'},
		{key: 'zone', operator: 'Exists'},
		{key: 'env', operator: 'NotIn', values: ['dev']},
	],
};

test('a selector as the API takes it', () => {
	assert.equal(labelSelectorText(selector), 'app=web,tier in (a,b),!old,zone,env notin (dev)');
	assert.equal(labelSelectorText({}), '');
	assert.equal(labelSelectorText(undefined), undefined);
	assert.equal(labelsText({app: 'web', tier: 'db'}), 'app=web,tier=db');
	assert.equal(labelsText(null), '');
});

test('which labels a selector takes', () => {
	const cases: ReadonlyArray<readonly [Readonly<Record<string, string>>, boolean]> = [
		[{app: 'web', tier: 'a', zone: 'x'}, true],
		[{app: 'web', tier: 'c', zone: 'x'}, false],
		[{app: 'web', zone: 'x'}, false],
		[{app: 'web', tier: 'a', zone: 'x', old: ''}, false],
		[{app: 'web', tier: 'a'}, false],
		[{app: 'web', tier: 'a', zone: 'x', env: 'dev'}, false],
		[{app: 'web', tier: 'a', zone: 'x', env: 'prod'}, true],
		[{app: 'db', tier: 'a', zone: 'x'}, false],
	];
	for (const [labels, expected] of cases) assert.equal(selectorMatches(selector, labels), expected, JSON.stringify(labels));
});

test('an empty selector takes everything, a missing one nothing, an unknown operator nothing', () => {
	assert.equal(selectorMatches({}, {a: 'b'}), true);
	assert.equal(selectorMatches(undefined, {a: 'b'}), false);
	assert.equal(selectorMatches({matchExpressions: [{key: 'a', operator: 'Near'}]}, {a: 'b'}), false);
	assert.equal(labelsMatch({a: 'b'}, {a: 'b', c: 'd'}), true);
	assert.equal(labelsMatch({a: 'b'}, {a: 'x'}), false);
});
