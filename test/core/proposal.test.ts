import assert from 'node:assert/strict';
import {test} from 'node:test';
import {likelyWord, proposal} from '../../source/core/proposal.ts';

const kinds = ['pods', 'nodes', 'deployments', 'daemonsets', 'services', 'serviceaccounts', 'secrets'];
const cases: ReadonlyArray<readonly [string, string | undefined]> = [
	['pdos', 'pods'],
	['pod', 'pods'],
	['PODS', 'pods'],
	['deploymnet', 'deployments'],
	['dep', 'deployments'],
	['serviecs', 'services'],
	['zzzz', undefined],
	['', undefined],
	['se', undefined],
];
for (const [typed, expected] of cases) test(`likely word for ${JSON.stringify(typed)}`, () => assert.equal(likelyWord(typed, kinds), expected));

test('the end of a sentence', () => {
	assert.equal(proposal('nods', kinds), ' Did you mean nodes?');
	assert.equal(proposal('watc', ['watch'], '--'), ' Did you mean --watch?');
	assert.equal(proposal('qqqq', kinds), '');
});
