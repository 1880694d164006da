import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Selection} from '../../source/core/invocation.ts';
import {objectScreen, tableScreen} from '../../source/core/targets.ts';
import {startScreens} from '../../source/ui/start-screens.ts';
import {catalogue} from '../tools/frames.ts';

const asked = (kind: string | undefined, more: Partial<Selection> = {}, name?: string): Selection => ({
	targets: kind === undefined ? [] : [{kind, ...(name === undefined ? {} : {name})}],
	allNamespaces: false,
	...more,
});
const screens = (selection: Selection, discovered = true) => startScreens(selection, catalogue, 'shop', discovered);

test('nothing named is the Overview, a kind its table, a name its object', () => {
	assert.deepEqual(screens(asked(undefined)), []);
	assert.deepEqual(screens(asked('pods')), [tableScreen('pods', {namespace: 'shop'})]);
	assert.deepEqual(screens(asked('pods', {allNamespaces: true})), [tableScreen('pods')]);
	assert.deepEqual(screens(asked('nodes')), [tableScreen('nodes')]);
	assert.deepEqual(screens(asked('deployments', {}, 'web')), [
		objectScreen('deployments.apps', {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop'}),
	]);
});

test('selectors, filter and order are taken over', () => {
	const more = {labelSelector: 'app=web', fieldSelector: 'spec.nodeName=n1', filter: 'x', sort: {by: 'age', descending: true}};
	assert.deepEqual(screens(asked('pods', more)), [tableScreen('pods', {namespace: 'shop', ...more})]);
});

test('views by name', () => {
	assert.deepEqual(screens(asked('contexts')), [{type: 'contexts', top: 0}]);
	assert.deepEqual(screens(asked('api')), [{type: 'calls', top: 0}]);
	assert.deepEqual(screens(asked('overview')), []);
});

test('a word that may be a kind of the server waits for discovery, and is nothing after it', () => {
	assert.equal(screens(asked('widgets'), false), 'later');
	assert.deepEqual(screens(asked('widgets'), true), []);
});
