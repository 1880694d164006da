import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseYamlDocuments} from '../../source/kube/yaml-documents.ts';

test('several documents, JSON, comments, nothing at all', async () => {
	assert.deepEqual(await parseYamlDocuments('a: 1\n---\n# nothing\n---\n{"b": [2]}\n'), [
		{ok: true, value: {a: 1}},
		{ok: true, value: null},
		{ok: true, value: {b: [2]}},
	]);
	assert.deepEqual(await parseYamlDocuments(''), []);
});

test('one that cannot be read tells its line, the others are read', async () => {
	const [first, second] = await parseYamlDocuments('a: 1\n---\nb: [\n');
	assert.deepEqual(first, {ok: true, value: {a: 1}});
	assert.ok(second && !second.ok && second.line >= 3 && second.problem.length > 0);
});

test('a key given twice and a bomb of aliases are refused', async () => {
	const [twice] = await parseYamlDocuments('a: 1\na: 2\n');
	assert.equal(twice?.ok, false);
	const rows = Array.from(
		{length: 9},
		(_, index) => `x${index}: &x${index} [${index === 0 ? '1' : Array.from({length: 9}, () => `*x${index - 1}`).join(', ')}]`,
	);
	const [bomb] = await parseYamlDocuments(rows.join('\n'));
	assert.equal(bomb?.ok, false);
});
