import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {NetworkPolicy} from '../../../../source/core/net/policy/network-policy.ts';
import {applyWhatIf, type ParsedDocument} from '../../../../source/core/net/policy/what-if.ts';
import {policyObject} from '../../../tools/cluster-view.ts';

const current: readonly NetworkPolicy[] = [policyObject('shop/a', {podSelector: {}}), policyObject('shop/b', {podSelector: {}})];
const policy = (metadata: object, spec: object = {podSelector: {matchLabels: {app: 'x'}}}): ParsedDocument => ({
	ok: true,
	value: {apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec},
});

test('a policy of the same name is replaced in its place, others are added; without a namespace it is of the one given', () => {
	const {policies, added, replaced, ignored} = applyWhatIf(
		current,
		[policy({namespace: 'shop', name: 'a'}), policy({name: 'c'}), policy({namespace: 'data', name: 'a'})],
		'mon',
	);
	assert.deepEqual(
		policies.map(({metadata}) => `${metadata.namespace}/${metadata.name}`),
		['shop/a', 'shop/b', 'mon/c', 'data/a'],
	);
	assert.deepEqual(policies[0]?.spec?.podSelector, {matchLabels: {app: 'x'}});
	assert.deepEqual([added, replaced, ignored], [['mon/c', 'data/a'], ['shop/a'], []]);
});

test('lists are opened, empty documents skipped, the last of two of one name wins', () => {
	const list = {
		ok: true as const,
		value: {
			apiVersion: 'v1',
			kind: 'List',
			items: [{apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: {name: 'd'}, spec: {podSelector: {}}}],
		},
	};
	const {policies, added} = applyWhatIf([], [list, {ok: true, value: null}, policy({name: 'd'}, {podSelector: {}, policyTypes: ['Egress']})], 'shop');
	assert.deepEqual(added, ['shop/d']);
	assert.deepEqual(
		policies.map(({spec}) => spec?.policyTypes),
		[['Egress']],
	);
});

test('what is no NetworkPolicy is named with the reason', () => {
	const other = (value: unknown): ParsedDocument => ({ok: true, value});
	const {added, ignored} = applyWhatIf(
		[],
		[
			other({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'x'}}),
			other({apiVersion: 'crd.projectcalico.org/v1', kind: 'NetworkPolicy', metadata: {name: 'y'}}),
			other('text'),
			policy({}),
			other({apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: {name: 'z'}, spec: {}}),
			{ok: false, line: 7, problem: 'bad indentation'},
		],
		'shop',
	);
	assert.deepEqual(added, []);
	assert.deepEqual(ignored, [
		'ConfigMap x (v1) is not evaluated',
		'NetworkPolicy y (crd.projectcalico.org/v1) is not evaluated',
		'a document has no apiVersion or kind',
		'a NetworkPolicy has no metadata.name',
		'NetworkPolicy z has no spec.podSelector, which the API server asks for',
		'line 7 is no YAML: bad indentation',
	]);
});
