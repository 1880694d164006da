import assert from 'node:assert/strict';
import {asciiGlyphs} from '../../source/core/glyphs.ts';
import {plain} from '../../source/core/line.ts';
import type {Page, PageSetting} from '../../source/core/page.ts';
import {width} from '../../source/core/text.ts';

/** 2026-01-02T14:02:31Z. */
export const now = Date.UTC(2026, 0, 2, 14, 2, 31);
export const minuteMs = 60_000;

/** A body as the frame gives it: five rows of the terminal are taken by the frame (below 24 rows four). */
export function setting(columns: number, rows: number): PageSetting {
	return {now, body: {columns, rows: rows - (rows >= 24 ? 5 : 4)}, glyphs: asciiGlyphs, times: 'age'};
}

/** The text of fixed lines and body, trailing blanks left out. */
export function textOf(page: Page): readonly string[] {
	return [...page.fixed, ...page.lines.map(one => one.line)].map(one => plain(one).trimEnd());
}

/** Sizes from the smallest terminal to a very large one. */
export const sizes: ReadonlyArray<readonly [number, number]> = [40, 47, 59, 60, 72, 80, 99, 100, 140, 200, 300].flatMap(columns =>
	[10, 15, 19, 24, 30, 40, 90].map(rows => [columns, rows] as const),
);

/** Every line fits the body at every size, but those that scroll; ids are unique; no control byte is left. */
export function assertFits(make: (setting: PageSetting) => Page): void {
	for (const [columns, rows] of sizes) {
		const at = setting(columns, rows);
		const page = make(at);
		for (const line of [...page.fixed, ...page.lines.filter(one => !one.scrolls).map(one => one.line)])
			assert.ok(width(plain(line)) <= columns, `${columns}x${rows}: ${width(plain(line))} cells: ${plain(line)}`);
		for (const line of [...page.fixed, ...page.lines.map(one => one.line)]) assert.doesNotMatch(plain(line), /[\x00-\x1f\x7f-\x9f]/, `${columns}x${rows}`);
		if (page.status) assert.ok(width(plain(page.status)) <= columns, `${columns}x${rows}: status`);
		const ids = page.lines.flatMap(({id}) => (id === undefined ? [] : [id]));
		assert.deepEqual(ids, [...new Set(ids)], `${columns}x${rows}: every id once`);
	}
}
