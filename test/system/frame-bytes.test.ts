import assert from 'node:assert/strict';
import {test} from 'node:test';
import {allActions} from '../../source/actions/all-actions.ts';
import {unicodeGlyphs} from '../../source/core/glyphs.ts';
import {bindingsOf} from '../../source/core/keymap.ts';
import {createPainter} from '../../source/core/style.ts';
import type {Frame} from '../../source/core/view.ts';
import {CellScreen} from '../../source/system/cell-screen.ts';
import {dark} from '../../source/themes/dark.ts';
import {compose, cursorPlace} from '../../source/ui/frame/compose.ts';
import {openApp} from '../tools/open-app.ts';

const columns = 140;
const rows = 40;
/** Mode 2026 around a frame. */
const markers = '\x1b[?2026h\x1b[?2026l'.length;

/** Bytes that each next frame costs, in the widest colours. */
function meter(): (frame: Frame) => number {
	const painter = createPainter(dark, 'truecolor');
	const screen = new CellScreen(columns, rows);
	screen.take('\x1b[?1049h\x1b[?25l');
	return frame => {
		const lines = compose(frame, {glyphs: unicodeGlyphs, actions: allActions, bindings: bindingsOf(allActions)});
		const texts = lines.map(({line, selected, dimmed = false}) => painter.line(line, {width: columns, selected, dimmed}));
		screen.take(`\x1b[?2026h\x1b[H\x1b[J${texts.join('\n')}\x1b[?2026l`);
		const drawing = screen.draw(() => cursorPlace(lines));
		return Buffer.byteLength(drawing.cells + drawing.cursor) + (drawing.rows > 1 ? markers : 0);
	};
}

test('a cursor key costs 600 bytes at 140x40 with the preview, more only where the preview is another one, a frame in which nothing changed none', async () => {
	await using app = await openApp({columns, rows, namespace: 'shop', selection: {targets: [{kind: 'pods'}]}});
	const cost = meter();
	cost(app.frame());
	const costs: number[] = [];
	for (const key of ['j', 'j', 'j', 'k', 'j', 'j']) {
		await app.press(key);
		costs.push(cost(app.frame()));
	}
	assert.equal(cost(app.frame()), 0);
	const typical = costs.toSorted((a, b) => a - b)[3] ?? Number.NaN;
	assert.ok(typical <= 600 && Math.max(...costs) <= 800, String(costs));
});

test('a tick of the clock costs at most 40 bytes, and mostly so with the age of the data beside it', async () => {
	await using app = await openApp({columns, rows, selection: {targets: [{kind: 'nodes'}]}});
	const cost = meter();
	const frame = app.frame();
	cost(frame);
	const seconds = (from: Frame): number[] => Array.from({length: 60}, (_, second) => cost({...from, now: frame.now + 1000 * (second + 1)}));
	const live = seconds(frame);
	assert.ok(Math.min(...live) > 0, String(live));
	assert.ok(live.filter(bytes => bytes <= 40).length >= 50, String(live));
	// Nothing but the clock moves.
	const frozen = {...frame, state: {...frame.state, frozen: true}};
	cost(frozen);
	const clock = seconds(frozen);
	assert.ok(Math.min(...clock) > 0, String(clock));
	assert.ok(Math.max(...clock) <= 40, String(clock));
});
