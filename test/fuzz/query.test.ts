import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseCommand} from '../../source/core/command-line.ts';
import {dropLastTerm} from '../../source/core/query/explain.ts';
import {matchRow} from '../../source/core/query/match.ts';
import {parseQuery} from '../../source/core/query/parse.ts';
import {type Query, termsOf} from '../../source/core/query/query.ts';
import {serverSelector} from '../../source/core/query/selector.ts';
import type {Row} from '../../source/core/table.ts';
import {fuzzPlan, seededRandom} from '../tools/random.ts';
import {randomText} from '../tools/random-text.ts';

const {runs, seed} = fuzzPlan(1000);

const columns = [
	{id: 'status', title: 'STATUS'},
	{id: 'cpu', title: 'CPU'},
	{id: 'age', title: 'AGE'},
];
const now = 1_800_000_000_000;
const row: Row = {
	id: '1',
	ref: {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1'},
	meta: {name: 'web-1', labels: {app: 'web'}},
	cells: [
		{type: 'text', text: 'Running'},
		{type: 'number', value: 402, unit: 'millicores'},
		{type: 'age', since: now - 90_000},
	],
	tone: 'ok',
};
const pieces = [
	'web',
	'app',
	'status',
	'cpu',
	'age',
	'x',
	'1',
	'500m',
	'5m',
	' ',
	' ',
	' ',
	'=',
	'!=',
	'>',
	'<=',
	'~',
	'!',
	'(',
	')',
	'/',
	'"',
	"'",
	',',
	' OR ',
	' AND ',
	' in (',
	'-l ',
	'-f ',
	'[',
	'\\',
	'|',
	'*',
	'\u4e2d',
	'@',
	':',
];

/** Where each part stands is inside its whole, and its words are those of the text. */
function checkPlaces(query: Query, text: string): void {
	assert.equal(query.text, text.slice(query.from, query.to));
	const parts = query.type === 'not' ? [query.part] : query.type === 'and' || query.type === 'or' ? query.parts : [];
	for (const part of parts) {
		assert.ok(part.from >= query.from && part.to <= query.to, JSON.stringify([text, query.text, part.text]));
		checkPlaces(part, text);
	}
}

test(`any filter is a query or an error that points into it, seed ${seed}`, () => {
	const random = seededRandom(seed);
	let queries = 0;
	for (let round = 0; round < runs * 20; round++) {
		const text = randomText(random, pieces, 10);
		const parsed = parseQuery(text, columns);
		if ('error' in parsed) {
			const {from, to, message} = parsed.error;
			assert.ok(from >= 0 && from <= to && to <= text.length && message !== '', JSON.stringify([text, parsed.error]));
			continue;
		}
		queries++;
		checkPlaces(parsed.query, text);
		const opposite: Query = {type: 'not', part: parsed.query, from: 0, to: 0, text: ''};
		assert.equal(matchRow(opposite, row, columns, now), !matchRow(parsed.query, row, columns, now));
		const selector = serverSelector(parsed.query);
		if (selector !== undefined)
			assert.ok(
				Array.from(termsOf(parsed.query)).some(term => term.type === 'label'),
				text,
			);
	}
	assert.ok(queries > 2000, String(queries));
});

test(`dropping the last term ends at nothing, seed ${seed}`, () => {
	const random = seededRandom(seed);
	for (let round = 0; round < runs * 5; round++) {
		let text = randomText(random, pieces, 10);
		for (let steps = 0; text !== ''; steps++) {
			const shorter = dropLastTerm(text);
			assert.ok(shorter.length < text.length && text.startsWith(shorter) && steps < 100, JSON.stringify([text, shorter]));
			text = shorter;
		}
	}
});

test(`any line of the prompt is read, seed ${seed}`, () => {
	const random = seededRandom(seed);
	for (let round = 0; round < runs * 10; round++) {
		const text = randomText(random, [...pieces, '-n ', '-A', ' @prod', 'all'], 10);
		const parsed = parseCommand(text);
		assert.equal(parsed.word === '', text.trim() === '' || parsed.word.length === 0, text);
		assert.ok(parsed.filter !== '' && parsed.labelSelector !== '' && parsed.namespace !== '', JSON.stringify([text, parsed]));
	}
});
