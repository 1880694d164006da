import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createIntern} from '../../source/core/intern.ts';
import {ProblemError} from '../../source/core/problem.ts';
import {continueTokenOf, createTableDecoder} from '../../source/kube/table.ts';
import {podType} from '../tools/pod-type.ts';

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const decoder = (mode: 'metadata' | 'object' = 'metadata', namespace?: string) =>
	createTableDecoder({type: podType, mode, intern: createIntern(), ...(namespace === undefined ? {} : {namespace})});
const columns = [
	{name: 'Name', type: 'string', format: 'name', description: 'd', priority: 0},
	{name: 'IP', type: 'string', priority: 1},
	{name: 'Ports'},
	{name: 'Count', type: 'integer'},
];
const object = {kind: 'PartialObjectMetadata', metadata: {name: 'web', namespace: 'shop', uid: 'u1', resourceVersion: '5', managedFields: [{}]}};
const table = (rows: unknown, metadata: object = {resourceVersion: '9'}, apiVersion = 'meta.k8s.io/v1') => ({
	kind: 'Table',
	apiVersion,
	metadata,
	columnDefinitions: columns,
	rows,
});

test('a page: cells by name, null is undefined, arrays are joined, wide columns are kept', () => {
	for (const apiVersion of ['meta.k8s.io/v1', 'meta.k8s.io/v1beta1']) {
		const page = decoder().page(
			json(table([{cells: ['web', null, [80, 'x', {a: 1}], 3], object}], {resourceVersion: '9', continue: 'abc', remainingItemCount: 4}, apiVersion)),
		);
		const item = page.item(0);
		assert.deepEqual([page.resourceVersion, page.continueToken, page.remaining, page.size], ['9', 'abc', 4, 1]);
		assert.deepEqual(page.columns.columns[1], {name: 'IP', type: 'string', format: '', description: '', priority: 1});
		assert.deepEqual(
			['Name', 'ip', 'Ports', 'Count', 'None'].map(name => item?.printed(name)),
			['web', undefined, '80,x,{"a":1}', 3, undefined],
		);
		assert.deepEqual(item?.ref, {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web', uid: 'u1'});
		assert.deepEqual(item?.meta, {name: 'web', namespace: 'shop', uid: 'u1', resourceVersion: '5'});
	}
});

test('rows without an object take their name from the cell; rows without either are none', () => {
	const page = decoder('metadata', 'shop').page(
		json(table([{cells: ['web'], object: null}, {cells: [null]}, {}, {cells: [''], object: {metadata: {name: ''}}}])),
	);
	assert.deepEqual(page.item(0)?.meta, {name: 'web', namespace: 'shop'});
	assert.deepEqual(
		[1, 2, 3, 4].map(index => page.item(index)),
		[undefined, undefined, undefined, undefined],
	);
});

test('object mode brings the whole object, with compact metadata', () => {
	const whole = {...object, spec: {nodeName: 'n1'}};
	const item = decoder('object')
		.page(json(table([{cells: ['web'], object: whole}])))
		.item(0);
	assert.deepEqual(item?.object, {
		kind: 'Pod',
		apiVersion: 'v1',
		spec: {nodeName: 'n1'},
		metadata: {name: 'web', namespace: 'shop', uid: 'u1', resourceVersion: '5'},
	});
	assert.equal(item?.object?.metadata, item?.meta);
});

test('a plain list gets the columns name and age', () => {
	const metadata = {name: 'm', namespace: 'shop', creationTimestamp: '2026-01-01T00:00:00Z'};
	const page = decoder('object').page(json({kind: 'PodMetricsList', metadata: {resourceVersion: '3'}, items: [{metadata, usage: {cpu: '1'}}]}));
	assert.deepEqual(
		page.columns.columns.map(column => column.name),
		['Name', 'Age'],
	);
	assert.deepEqual([page.item(0)?.printed('name'), page.item(0)?.printed('Age')], ['m', '2026-01-01T00:00:00Z']);
	assert.deepEqual(page.item(0)?.object, {apiVersion: 'v1', kind: 'Pod', metadata, usage: {cpu: '1'}});
	assert.equal(decoder().page(json({kind: 'List', items: null})).size, 0);
});

test('columns come with the first event of a connection only and are kept', () => {
	const reader = decoder();
	const event = (type: string, value: object) => reader.event(json({type, object: value}));
	const first = event('ADDED', table([{cells: ['web', '10.0.0.1'], object}], {resourceVersion: '10'}));
	const kept = reader.columns();
	const second = event('MODIFIED', {...table([{cells: ['web', '10.0.0.2'], object}], {resourceVersion: '11'}), columnDefinitions: null});
	const third = event('DELETED', {kind: 'Table', metadata: {resourceVersion: '12'}, rows: [{cells: ['web', null], object}]});
	assert.deepEqual(
		[first, second, third].map(seen => [seen.type, 'resourceVersion' in seen && seen.resourceVersion]),
		[
			['upsert', '10'],
			['upsert', '11'],
			['delete', '12'],
		],
	);
	assert.ok(second.type === 'upsert' && second.item.printed('IP') === '10.0.0.2');
	assert.equal(reader.columns(), kept);
	event('ADDED', table([{cells: ['web', 'x'], object}]));
	assert.equal(reader.columns(), kept, 'equal columns stay the same object');
});

test('a bookmark is a version and never a row', () => {
	const blank = {cells: ['', 0, '<unknown>'], object: {metadata: {name: '', creationTimestamp: null, resourceVersion: '77'}}};
	assert.deepEqual(decoder().event(json({type: 'BOOKMARK', object: table([blank], {resourceVersion: '77'})})), {type: 'bookmark', resourceVersion: '77'});
	assert.deepEqual(decoder().event(json({type: 'BOOKMARK', object: table([blank], {})})), {type: 'bookmark', resourceVersion: '77'});
});

test('errors, unknown events and objects the server could not print', () => {
	const reader = decoder();
	const status = {kind: 'Status', code: 410, reason: 'Expired'};
	assert.deepEqual(reader.event(json({type: 'ERROR', object: status})), {type: 'error', status});
	assert.deepEqual(reader.event(json({type: 'NEW', object: {}})), {type: 'unknown'});
	assert.deepEqual(reader.event(json({type: 'ADDED'})), {type: 'unknown'});
	const raw = reader.event(json({type: 'ADDED', object: {kind: 'Pod', metadata: object.metadata}}));
	assert.ok(raw.type === 'upsert' && raw.item.printed('Name') === 'web' && raw.resourceVersion === '5');
});

test('what is no answer of an API server is a protocol problem', () => {
	const isProtocol = (error: unknown) => error instanceof ProblemError && error.problem.code === 'protocol';
	for (const body of ['<html>', '', '{"kind":"Table"', '"x"', 'null', '{}']) assert.throws(() => decoder().page(Buffer.from(body)), isProtocol, body);
	assert.throws(() => decoder().event(Buffer.from('{"type":')), isProtocol);
});

test('the continue token is seen before the page is parsed, and nowhere else', () => {
	assert.equal(continueTokenOf(json(table([], {resourceVersion: '9', continue: 'abc'}))), 'abc');
	assert.equal(continueTokenOf(json({kind: 'PodList', metadata: {continue: 'xyz'}, items: []})), 'xyz');
	assert.equal(continueTokenOf(json(table([{cells: ['"continue":"no"'], object: {metadata: {annotations: {continue: 'no'}}}}]))), undefined);
	assert.equal(continueTokenOf(json({kind: 'PodList', metadata: {}, items: [{continue: 'no'}]})), undefined);
	assert.equal(continueTokenOf(json(table([], {continue: ''}))), undefined);
});
