import assert from 'node:assert/strict';
import {test} from 'node:test';
import {openApp, type TestApp} from '../tools/open-app.ts';

/** The cell of the terminal's cursor and, before it, the row's text up to there. */
function cursor(app: TestApp): Readonly<{column: number; row: string; before: string}> {
	const {column, row} = app.screen.cursor();
	const text = app.screen.lines()[row] ?? '';
	return {column, row: text, before: text.slice(0, column)};
}

test("the terminal's cursor stands on the focused row and follows it", async () => {
	await using app = await openApp({selection: {targets: [{kind: 'pods'}]}});
	for (const keys of ['', 'j', 'jj', 'G', 'gg', '<enter>', 'j']) {
		if (keys !== '') await app.press(keys);
		const {column, row} = cursor(app);
		assert.equal(column, 0, keys);
		assert.match(row, /^>/, keys);
	}
});

test('beside the preview, after a resize and on a small screen too', async () => {
	await using app = await openApp({columns: 140, rows: 40, selection: {targets: [{kind: 'pods'}]}});
	await app.press('jjj');
	for (const [columns, rows] of [
		[140, 40],
		[80, 24],
		[44, 12],
		[140, 40],
	] as const) {
		await app.resize(columns, rows);
		assert.match(cursor(app).row, /^>/);
	}
	await app.resize(39, 9);
	assert.deepEqual(app.screen.cursor(), {column: 0, row: 0});
});

test('while a line is typed it stands where the next letter goes, and moves where no cell changes', async () => {
	for (const [columns, rows] of [
		[80, 24],
		[44, 12],
	] as const) {
		await using app = await openApp({columns, rows, selection: {targets: [{kind: 'pods'}]}});
		await app.press(':pods');
		assert.equal(cursor(app).before, ' :pods');
		await app.press('<left><left>');
		assert.equal(cursor(app).before, ' :po');
		await app.press('<c-a>');
		assert.equal(cursor(app).before, ' :');
		await app.press('<esc>');
		await app.press('/web');
		assert.equal(cursor(app).before, ' /web');
		await app.press('<enter>');
		assert.match(cursor(app).row, /^>/);
	}
});

test('in a line longer than the screen it stays on the screen', async () => {
	await using app = await openApp({columns: 44, rows: 15, selection: {targets: [{kind: 'pods'}]}});
	await app.press(`:${'web'.repeat(30)}`);
	assert.match(cursor(app).before, /^ :~(?:web)*$/);
	assert.ok(cursor(app).column < 44);
});

test('in the palette it stands in the typed text', async () => {
	await using app = await openApp({selection: {targets: [{kind: 'pods'}]}});
	await app.press('<c-p>top');
	assert.match(cursor(app).before, /\| > top$/);
	await app.press('<left>');
	assert.match(cursor(app).before, /\| > to$/);
});

test('in a dialog it stands where the word is typed, else in the dialog', async () => {
	await using app = await openApp({selection: {targets: [{kind: 'pods'}]}});
	const dialog = {title: 'Delete', lines: ['Sure?'], confirm: 'deletes', keep: 'keeps', effects: []};
	app.controller.dispatch([{type: 'ask', dialog: {...dialog, word: 'shop'}}]);
	await app.press('sh');
	assert.match(cursor(app).before, /\| Type shop to confirm: sh$/);
	await app.press('<esc>');
	app.controller.dispatch([{type: 'ask', dialog}]);
	await app.idle();
	assert.match(cursor(app).row.slice(cursor(app).column), /^ Sure\?/);
});

test('a page or a table without a focused row has it at the beginning of the body', async () => {
	await using app = await openApp({selection: {targets: [{kind: 'pods'}]}});
	await app.press('/no-such-pod<enter>');
	assert.deepEqual(app.screen.cursor(), {column: 0, row: 2});
});
