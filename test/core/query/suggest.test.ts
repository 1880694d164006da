import assert from 'node:assert/strict';
import {test} from 'node:test';
import {caretLine, type FilterSources, suggestTerms} from '../../../source/core/query/suggest.ts';

const sources: FilterSources = {
	columns: [
		{id: 'name', title: 'NAME'},
		{id: 'status', title: 'STATUS'},
	],
	labelKeys: [
		{text: 'app', count: 3},
		{text: 'app.kubernetes.io/name', count: 1200},
	],
	valuesOf: key =>
		key === 'app'
			? [
					{text: 'web', count: 12},
					{text: 'worker', count: 40},
				]
			: [],
};

test('columns, label keys and values are offered, the frequent ones first', () => {
	const cases: ReadonlyArray<readonly [string, number, readonly string[]]> = [
		['st', 0, ['status column']],
		['x app', 2, ['app.kubernetes.io/name 1,200']],
		['a', 0, ['app.kubernetes.io/name 1,200', 'app 3']],
		['n', 0, ['name column', 'namespace column']],
		['app=', 4, ['worker 40', 'web 12']],
		['!(app!=w', 7, ['worker 40', 'web 12']],
		['label:app=we', 10, ['web 12']],
		['other=', 6, []],
		['x ', 2, []],
	];
	for (const [text, from, options] of cases) {
		const found = suggestTerms(text, text.length, sources);
		assert.equal(found.from, from, text);
		assert.deepEqual(
			found.options.map(option => `${option.text} ${option.note}`),
			options,
			text,
		);
	}
});

test('the caret stands under the fault', () => {
	assert.equal(caretLine({from: 22, message: 'x', proposal: 'x. Try y'}, 2), `${' '.repeat(24)}^ x. Try y`);
});
