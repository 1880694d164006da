import assert from 'node:assert/strict';
import {test} from 'node:test';
import {frameRows} from '../../source/core/frame-rows.ts';

const options = {banner: false, header: true, crumbs: true, table: true};
const sum = (rows: ReturnType<typeof frameRows>): number => {
	const {small: _small, ...parts} = rows;
	return Object.values(parts).reduce((total, part) => total + part, 0);
};

test('the parts add up to the rows of the terminal, whatever is switched on', () => {
	for (let rows = 10; rows <= 90; rows++)
		for (const columns of [40, 59, 60, 80, 140])
			for (const banner of [false, true])
				for (const header of [false, true])
					for (const crumbs of [false, true])
						for (const table of [false, true]) assert.equal(sum(frameRows({columns, rows}, {banner, header, crumbs, table})), rows, `${columns}x${rows}`);
});

test('24 rows: two rows of head, a rule, status and hints', () => {
	assert.deepEqual(frameRows({columns: 80, rows: 24}, options), {
		banner: 0,
		head: 1,
		crumbs: 1,
		counts: 0,
		topRule: 0,
		body: 19,
		bottomRule: 1,
		status: 1,
		commandLine: 0,
		did: 0,
		keys: 0,
		hints: 1,
		small: false,
	});
});

test('below 24 rows the rule leaves, from 36 on the counts and the command line come', () => {
	assert.deepEqual(
		[15, 23, 24, 35].map(rows => frameRows({columns: 80, rows}, options).bottomRule),
		[0, 0, 1, 1],
	);
	assert.deepEqual(
		[35, 36].map(rows => frameRows({columns: 80, rows}, options)).map(({counts, topRule, commandLine}) => [counts, topRule, commandLine]),
		[
			[0, 0, 0],
			[1, 1, 1],
		],
	);
	const page = frameRows({columns: 80, rows: 36}, {...options, table: false});
	assert.deepEqual([page.counts, page.topRule, page.commandLine], [0, 0, 1]);
});

test('a small screen keeps row 1 and the last row', () => {
	for (const viewport of [
		{columns: 80, rows: 14},
		{columns: 59, rows: 40},
	]) {
		const rows = frameRows(viewport, options);
		assert.deepEqual([rows.small, rows.head, rows.crumbs, rows.status, rows.hints, rows.bottomRule], [true, 1, 0, 0, 1, 0]);
	}
	assert.equal(frameRows({columns: 60, rows: 15}, options).small, false);
});

test('the DEMO line cannot be switched off', () => {
	assert.equal(frameRows({columns: 40, rows: 10}, {banner: true, header: false, crumbs: false, table: true}).banner, 1);
});

test('for people who watch there are two rows more and a second one of hints; a small screen has no room for them', () => {
	const {did, keys, hints} = frameRows({columns: 80, rows: 24}, {...options, share: true});
	assert.deepEqual([did, keys, hints], [1, 1, 2]);
	assert.equal(sum(frameRows({columns: 80, rows: 24}, {...options, share: true})), 24);
	assert.equal(frameRows({columns: 80, rows: 12}, {...options, share: true}).did, 0);
});
