import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {at, parseJson, recordsAt, textAt} from '../../source/demo/json.ts';
import {builtInKinds} from '../../source/demo/kinds/built-in-kinds.ts';
import {trackedPrinting} from '../../source/demo/printing.ts';
import {columnsOf} from '../../source/demo/rendering.ts';
import {isNewObject, type StoredObject} from '../../source/demo/stored-object.ts';
import {repositoryRoot} from '../tools/repository.ts';

// Recorded from kube-apiserver v1.34.2: what it was given, when it printed it, and what it printed.
const directory = `${repositoryRoot}/test/fixtures/tables`;
const recordings = readdirSync(directory).map(file => parseJson(readFileSync(`${directory}/${file}`, 'utf8')));

function isStored(value: Parameters<typeof isNewObject>[0]): value is StoredObject {
	return isNewObject(value) && typeof value.metadata.name === 'string';
}

for (const recording of recordings) {
	const group = textAt(recording, 'group');
	const plural = textAt(recording, 'plural');
	const name = group === '' ? plural : `${plural}.${group}`;
	const kind = builtInKinds.find(candidate => candidate.group === group && candidate.plural === plural);

	test(`${name}: the columns are the real server's`, () => {
		assert.ok(kind, 'the demo server has the kind');
		const columns = columnsOf(kind).map(({name: title, type, format, priority}) => ({name: title, type, format, priority}));
		assert.deepEqual(columns, at(recording, 'columnDefinitions'));
	});

	const rows = recordsAt(recording, 'rows');
	if (rows.length === 0) continue;
	test(`${name}: ${rows.length} recorded rows are printed as the real server printed them`, () => {
		for (const row of rows) {
			const object = row['object'] ?? null;
			assert.ok(isStored(object));
			const printing = trackedPrinting(Date.parse(textAt(row, 'at')));
			const cells = kind?.cells === undefined ? [object.metadata.name, object.metadata.creationTimestamp] : kind.cells(object, printing);
			assert.deepEqual(cells, row['cells'], object.metadata.name);
			const reason = kind?.completed?.(object);
			assert.deepEqual(reason === undefined ? undefined : [{type: 'Completed', status: 'True', ...reason}], row['conditions'], object.metadata.name);
		}
	});
}
