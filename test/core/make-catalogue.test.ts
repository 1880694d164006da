import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Discovery} from '../../source/core/cluster-client.ts';
import {makeCatalogue} from '../../source/core/make-catalogue.ts';
import {resourceKinds} from '../../source/resources/index.ts';
import {resourceType, serverColumns} from '../tools/fake-client.ts';

const pods = resourceType({plural: 'pods', kind: 'Pod', shortNames: ['po']});
const old = resourceType({plural: 'deployments', kind: 'Deployment', group: 'apps', version: 'v1beta1', preferred: false});
const deployments = resourceType({plural: 'deployments', kind: 'Deployment', group: 'apps'});
const backups = resourceType({plural: 'backups', kind: 'Backup', group: 'example.test', shortNames: ['bk']});
const reviews = resourceType({plural: 'tokenreviews', kind: 'TokenReview', verbs: ['create']});
const discovery: Discovery = {types: [old, pods, deployments, backups, reviews], problems: new Map(), warming: false};

test('before the server has told, the kinds of our own records are there', () => {
	const catalogue = makeCatalogue(resourceKinds, undefined);
	assert.equal(catalogue.find('pods')?.kind, 'Pod');
	assert.deepEqual(
		catalogue.resolve('deployment').map(({plural}) => plural),
		['deployments'],
	);
	assert.equal(catalogue.find('nodes')?.namespaced, false);
	assert.equal(catalogue.find('backups.example.test'), undefined);
});

test('then those of the server, as far as they can be listed', () => {
	const catalogue = makeCatalogue(resourceKinds, discovery);
	assert.deepEqual(
		catalogue.types.map(({plural}) => plural),
		['deployments', 'pods', 'deployments', 'backups'],
	);
	assert.equal(catalogue.find('nodes'), undefined);
	assert.equal(catalogue.find('deployments.apps')?.version, 'v1');
	assert.deepEqual(catalogue.resolve('bk'), [backups]);
	assert.deepEqual(catalogue.resolve('nothing'), []);
});

test('objects find their kind by apiVersion and kind, also in a version that is not served', () => {
	const catalogue = makeCatalogue(resourceKinds, discovery);
	assert.equal(catalogue.ofObject('apps/v1beta1', 'Deployment'), old);
	assert.equal(catalogue.ofObject('apps/v2', 'Deployment'), deployments);
	assert.equal(catalogue.ofObject('v1', 'Deployment'), undefined);
});

test('a kind without a record shows the columns of the server', () => {
	const catalogue = makeCatalogue(resourceKinds, discovery);
	assert.equal(
		catalogue.kindOf(pods, []),
		resourceKinds.find(({plural}) => plural === 'pods'),
	);
	assert.equal(catalogue.kindOf(old, []).plural, 'deployments');
	assert.deepEqual(
		catalogue.kindOf(backups, serverColumns('Name', 'Phase', 'Age')).columns.map(({title}) => title),
		['NAME', 'PHASE', 'AGE'],
	);
});
