import assert from 'node:assert/strict';
import {test} from 'node:test';
import {makeCatalogue} from '../../source/core/make-catalogue.ts';
import {tableScreen} from '../../source/core/targets.ts';
import {actionContext, pageFrame} from '../tools/frames.ts';
import {runAction} from '../tools/run-action.ts';

test('g and a letter open a kind in the namespace in force, cluster-scoped ones without', () => {
	const context = actionContext(pageFrame());
	assert.deepEqual(runAction('go.pods', context), [{type: 'go', screen: tableScreen('pods', {namespace: 'shop'})}]);
	assert.deepEqual(runAction('go.nodes', context), [{type: 'go', screen: tableScreen('nodes')}]);
	assert.deepEqual(runAction('go.pods', actionContext(pageFrame({state: {namespace: undefined}}))), [{type: 'go', screen: tableScreen('pods')}]);
	assert.deepEqual(runAction('go.overview', context), [{type: 'go', screen: {type: 'overview', top: 0}}]);
	assert.deepEqual(runAction('go.calls', context), [{type: 'open', screen: {type: 'calls', top: 0}}]);
	assert.deepEqual(runAction('go.contexts', context), [{type: 'open', screen: {type: 'contexts', top: 0}}]);
});

test('a kind that the cluster lacks is said to be missing', () => {
	const context = actionContext(pageFrame(), {catalogue: makeCatalogue([], undefined)});
	assert.equal(runAction('go.deployments.apps', context), 'This cluster has no deployments.apps');
});

test('g 1 opens the first pin, and says how to get one where there is none', () => {
	const pinned = actionContext(pageFrame({state: {pins: [tableScreen('pods')]}}));
	assert.deepEqual(runAction('go.tab-1', pinned), [{type: 'tab', index: 0}]);
	assert.match(String(runAction('go.tab-2', pinned)), /z p pins/);
});
