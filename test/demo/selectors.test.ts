import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseFieldSelector} from '../../source/demo/field-selector.ts';
import {jsonPatch} from '../../source/demo/json-patch.ts';
import {jsonPath} from '../../source/demo/json-path.ts';
import {events} from '../../source/demo/kinds/events.ts';
import {pods} from '../../source/demo/kinds/pods.ts';
import {parseLabelSelector} from '../../source/demo/label-selector.ts';
import {mergePatch, strategicMerge} from '../../source/demo/merge-patch.ts';
import {StatusError} from '../../source/demo/status-error.ts';
import type {StoredObject} from '../../source/demo/stored-object.ts';

const labelCases: ReadonlyArray<readonly [string, Readonly<Record<string, string>>, boolean]> = [
	['app=web', {app: 'web'}, true],
	['app==web', {app: 'web'}, true],
	['app=web', {app: 'cart'}, false],
	['app!=web', {app: 'web'}, false],
	['app!=web', {}, true],
	['app in (web, cart)', {app: 'cart'}, true],
	['app in (web,cart)', {}, false],
	['app notin (web)', {}, true],
	['app notin (web)', {app: 'web'}, false],
	['app', {app: ''}, true],
	['app', {}, false],
	['!app', {}, true],
	['!app', {app: 'x'}, false],
	['app=', {app: ''}, true],
	['app=web,tier!=front', {app: 'web', tier: 'back'}, true],
	['app=web,tier!=front', {app: 'web', tier: 'front'}, false],
	['example.test/size>3', {'example.test/size': '4'}, true],
	['example.test/size<3', {'example.test/size': '4'}, false],
];

test('label selectors match in full', () => {
	for (const [selector, labels, expected] of labelCases)
		assert.equal(parseLabelSelector(selector)?.(labels), expected, `${selector} ${JSON.stringify(labels)}`);
	assert.equal(parseLabelSelector(''), undefined);
});

test('a label selector that cannot be read is refused with 400', () => {
	for (const selector of ['a in b', 'a===b', 'a,', '=a', 'a in (b', 'a b', 'a=b;c']) {
		assert.throws(
			() => parseLabelSelector(selector),
			(error: unknown) => error instanceof StatusError && error.code === 400,
			selector,
		);
	}
});

const pod: StoredObject = {
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: 'a', namespace: 'shop', uid: 'u', resourceVersion: '1', creationTimestamp: ''},
	spec: {nodeName: 'n1'},
	status: {phase: 'Running'},
};

test('field selectors know the fields of their kind and no others', () => {
	assert.equal(parseFieldSelector(pods, 'spec.nodeName=n1,status.phase!=Failed')?.(pod), true);
	assert.equal(parseFieldSelector(pods, 'metadata.name=b')?.(pod), false);
	assert.equal(parseFieldSelector(events, 'involvedObject.name=a')?.(pod), false);
	assert.throws(() => parseFieldSelector(pods, 'spec.image=x'), {message: 'field label not supported: spec.image'});
});

test('a JSON path of a printer column finds its values', () => {
	const object = {spec: {hosts: ['a', 'b'], 'x.y': 1}, status: {conditions: [{type: 'Ready', status: 'True'}]}};
	assert.deepEqual(jsonPath(object, '.status.conditions[?(@.type=="Ready")].status'), ['True']);
	assert.deepEqual(jsonPath(object, '.spec.hosts[*]'), ['a', 'b']);
	assert.deepEqual(jsonPath(object, '.spec.hosts[1]'), ['b']);
	assert.deepEqual(jsonPath(object, '.spec.x\\.y'), [1]);
	assert.deepEqual(jsonPath(object, '.spec.missing.deep'), []);
});

test('the three patch types change what they say', () => {
	assert.deepEqual(mergePatch({a: 1, b: {c: 2, d: 3}}, {a: null, b: {c: 4}}), {b: {c: 4, d: 3}});
	assert.deepEqual(mergePatch({list: [1, 2]}, {list: [3]}), {list: [3]});
	const containers = [
		{name: 'app', image: 'one'},
		{name: 'side', image: 'x'},
	];
	const merged = strategicMerge(
		{containers},
		{
			containers: [
				{name: 'app', image: 'two'},
				{name: 'side', $patch: 'delete'},
			],
		},
	);
	assert.deepEqual(merged, {containers: [{name: 'app', image: 'two'}]});
	const operations = [
		{op: 'test', path: '/a/0', value: 1},
		{op: 'add', path: '/a/-', value: 3},
		{op: 'remove', path: '/b'},
		{op: 'move', from: '/c', path: '/d~1e'},
		{op: 'copy', from: '/a', path: '/f'},
		{op: 'replace', path: '/a/0', value: 0},
	];
	assert.deepEqual(jsonPatch({a: [1, 2], b: 1, c: 5}, operations), {a: [0, 2, 3], 'd/e': 5, f: [1, 2, 3]});
	assert.throws(() => jsonPatch({a: 1}, [{op: 'test', path: '/a', value: 2}]), StatusError);
	assert.throws(() => jsonPatch({a: 1}, [{op: 'remove', path: '/b'}]), StatusError);
});
