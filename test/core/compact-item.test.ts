import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ColumnSet, CompactItem} from '../../source/core/compact-item.ts';

const column = (name: string, format = '') => ({name, type: 'string', format, description: '', priority: 0});

test('cells are found by the name of their column, whatever its case', () => {
	const columns = new ColumnSet([column('Name', 'name'), column('Restarts'), column('Node')]);
	const meta = {name: 'web', uid: 'u1'};
	const item = new CompactItem({ref: {apiVersion: 'v1', kind: 'Pod', name: 'web'}, meta, columns, cells: ['web', '3 (5m ago)', undefined]});
	assert.equal(item.printed('Restarts'), '3 (5m ago)');
	assert.equal(item.printed('restarts'), '3 (5m ago)');
	assert.equal(item.printed('RESTARTS'), '3 (5m ago)');
	assert.equal(item.printed('Node'), undefined);
	assert.equal(item.printed('constructor'), undefined);
	assert.equal('object' in item, false);
});

test('the first of two columns with one name counts', () => {
	const columns = new ColumnSet([column('State'), column('state')]);
	assert.equal(columns.position('State'), 0);
	assert.equal(columns.position('state'), 0);
});

test('the name column is the one of that format, else the one of that name', () => {
	assert.equal(new ColumnSet([column('Id'), column('Title', 'name')]).namePosition(), 1);
	assert.equal(new ColumnSet([column('Id'), column('NAME')]).namePosition(), 1);
	assert.equal(new ColumnSet([column('Id')]).namePosition(), undefined);
});

test('sets are equal by name, type and priority', () => {
	const columns = new ColumnSet([column('Name'), column('Age')]);
	assert.ok(columns.equals(new ColumnSet([column('Name'), column('Age')])));
	assert.ok(!columns.equals(new ColumnSet([column('Name')])));
	assert.ok(!columns.equals(new ColumnSet([column('Name'), {...column('Age'), priority: 1}])));
});
