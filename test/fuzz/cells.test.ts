import assert from 'node:assert/strict';
import {EventEmitter} from 'node:events';
import {test} from 'node:test';
import {render, Text, useInput} from 'ink';
import {createElement} from 'react';
import {StdoutFilter} from '../../source/system/stdout-filter.ts';
import {width} from '../../source/core/text.ts';
import {fakeTerminal} from '../tools/fake-terminal.ts';
import {fuzzPlan, type Random, seededRandom} from '../tools/random.ts';
import {seenCells} from '../tools/seen-cells.ts';
import {VirtualScreen} from '../tools/virtual-screen.ts';

const {runs, seed} = fuzzPlan(6);
const framesOfRun = 40;

const letters = [
	'a',
	'b',
	' ',
	'  ',
	'      ',
	'web-0',
	'Running',
	'4d',
	'\u2502',
	'\u2500',
	'\u25b8',
	'\u00e9',
	'e\u0301',
	'\u4e2d',
	'\u6587',
	'\ud55c',
	'n\u0303',
];
const looks = ['1', '2', '3', '4', '7', '22', '27', '31', '92', '39', '44', '102', '49', '38;5;78', '48;5;24', '38;2;1;2;3', '48;2;9;8;7', '0', ''];

/** Text and SGR sequences of at most so many cells. */
function randomLine(random: Random, columns: number): string {
	let line = '';
	let room = random.below(4) === 0 ? columns : random.below(columns + 1);
	const style = (): string => (random.below(3) === 0 ? `\x1b[${random.pick(looks)}m` : '');
	for (let piece = random.pick(letters); width(piece) <= room; piece = random.pick(letters)) {
		line += style() + piece;
		room -= width(piece);
	}
	return line + style();
}

/** The next frame: most lines as they were, some new, some with another part, sometimes another number of them. */
function nextLines(random: Random, lines: readonly string[], size: Readonly<{columns: number; rows: number}>): readonly string[] {
	const rows = random.below(8) === 0 ? random.below(size.rows) + 1 : size.rows;
	const changes = random.pick([0, 1, 3, size.rows]);
	return Array.from({length: rows}, (_, row) => {
		const line = lines[row];
		if (line !== undefined && random.below(size.rows) >= changes) return line;
		const fresh = randomLine(random, size.columns);
		if (line === undefined || random.below(2) === 0) return fresh;
		// A change in the middle, as the clock makes it.
		const at = random.below(line.length + 1);
		const mixed = `${/^[^\x1b]*/.exec(line.slice(0, at))?.[0] ?? ''}${random.pick(letters)}${/^[^\x1b]*/.exec(line.slice(at))?.[0] ?? ''}`;
		return width(mixed) <= size.columns ? mixed : fresh;
	});
}

/** A filter into one screen; what it is given goes into another one as it is. */
class Twofold extends StdoutFilter {
	given = '';

	override write(chunk: unknown, ...rest: never[]): boolean {
		this.given += String(chunk);
		return super.write(chunk, ...rest);
	}
}

function Lines({lines, columns}: Readonly<{lines: readonly string[]; columns: number}>) {
	useInput(() => undefined);
	return createElement(Text, {wrap: 'truncate'}, lines.map(line => (line === '' ? ' '.repeat(Math.min(1, columns)) : line)).join('\n'));
}

test(`the screen shows what Ink's own bytes would show, seed ${seed}`, async () => {
	for (let run = 0; run < runs; run++) {
		const random = seededRandom(seed + run);
		const size = {columns: random.pick([20, 33, 80, 140]), rows: random.pick([3, 10, 24])};
		using ours = fakeTerminal(size.columns, size.rows);
		const inks = new VirtualScreen(size);
		const output = new Twofold({
			terminal: ours.stdout,
			synchronized: random.below(2) === 0,
			lost: error => {
				throw error;
			},
			writer: {write: (bytes, done) => ours.stdout.write(bytes, error => done(error ?? undefined)), writeNow: bytes => void ours.stdout.write(bytes)},
		});
		let lines: readonly string[] = [];
		const app = () => createElement(Lines, {lines, columns: size.columns});
		const instance = render(app(), {
			stdin: ours.stdin,
			stdout: output,
			alternateScreen: true,
			incrementalRendering: true,
			exitOnCtrlC: false,
			patchConsole: false,
			interactive: true,
		});
		let before = '';
		for (let frame = 0; frame < framesOfRun; frame++) {
			if (random.below(10) === 0) {
				Object.assign(size, {columns: random.pick([12, 40, 81]), rows: random.pick([2, 9, 30])});
				ours.resize(size.columns, size.rows);
				inks.resize(size.columns, size.rows);
				instance.clear();
				// Ink alone would leave what the old size had drawn.
				output.given = '\x1b[2J\x1b[H';
			}
			lines = nextLines(random, lines, size);
			instance.rerender(app());
			await instance.waitUntilRenderFlush();
			if (random.below(12) === 0) output.repaint();
			await output.flushed();
			await ours.drawn();
			await inks.write(output.given.replaceAll('\n', '\r\n'));
			before = output.given;
			output.given = '';
			const where = `seed ${seed + run}, frame ${frame}, ${JSON.stringify(before)}`;
			assert.deepEqual(seenCells(ours.screen), seenCells(inks), where);
			assert.deepEqual(ours.screen.cursor(), {...inks.cursor(), column: Math.min(inks.cursor().column, size.columns - 1)}, where);
		}
		instance.unmount();
		await instance.waitUntilExit();
		await output.flushed();
		inks[Symbol.dispose]();
	}
});

/** A piece of what a program may write on a screen; after the last column only what every terminal reads alike. */
function randomPart(random: Random, columns: number, rows: number): string {
	const count = random.below(5);
	const place = `\x1b[${random.below(rows) + 1};${random.below(columns) + 1}H`;
	return random.pick([
		() => random.pick(letters).repeat(random.below(columns)),
		() => random.pick(letters),
		() => `\x1b[${random.pick(looks)}m`,
		() => `\x1b[${random.pick(looks)};${random.pick(['1', '31', '48;5;9', '0'])}m`,
		() => '\r\n',
		() => '\r',
		() => place,
		() => `${place}\x1b[${random.pick(['K', '0K', '1K', '2K', 'J', '2J'])}`,
		() => `\x1b[${count === 0 ? '' : count}${random.pick(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'])}`,
	])();
}

test(`the grid is what a terminal makes of the same bytes, seed ${seed}`, async () => {
	for (let run = 0; run < runs * 4; run++) {
		const random = seededRandom(seed + run);
		const [columns, rows] = [random.pick([5, 16, 60]), random.pick([2, 8])];
		using expected = new VirtualScreen({columns, rows});
		using seen = new VirtualScreen({columns, rows});
		let drawn = Promise.resolve();
		const write = (bytes: Uint8Array): void => {
			drawn = seen.write(bytes);
		};
		const output = new StdoutFilter({
			terminal: Object.assign(new EventEmitter(), {columns, rows}),
			synchronized: false,
			lost: error => {
				throw error;
			},
			writer: {
				writeNow: write,
				write(bytes, done) {
					write(bytes);
					done();
				},
			},
		});
		output.write('\x1b[?1049h\x1b[H');
		for (let frame = 0; frame < framesOfRun; frame++) {
			const parts = Array.from({length: random.below(12)}, () => randomPart(random, columns, rows)).join('');
			output.write(`\x1b[?2026h${parts}\x1b[?2026l`);
			await expected.write(parts);
			await drawn;
			const where = `seed ${seed + run}, frame ${frame}, ${JSON.stringify(parts)}`;
			assert.deepEqual(seenCells(seen), seenCells(expected), where);
			assert.deepEqual(seen.cursor(), {...expected.cursor(), column: Math.min(expected.cursor().column, columns - 1)}, where);
		}
	}
});
