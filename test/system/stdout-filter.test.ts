import assert from 'node:assert/strict';
import {EventEmitter} from 'node:events';
import {test} from 'node:test';
import type {ByteWriter} from '../../source/system/fd-writer.ts';
import {StdoutFilter} from '../../source/system/stdout-filter.ts';

const begin = '\u001b[?2026h';
const end = '\u001b[?2026l';

function setUp(options: {synchronized: boolean; fails?: Error; hold?: boolean}) {
	const written: string[] = [];
	const held: Array<() => void> = [];
	const lost: string[] = [];
	const terminal = Object.assign(new EventEmitter(), {columns: 100, rows: 30});
	const writer: ByteWriter = {
		write(bytes, done) {
			written.push(Buffer.from(bytes).toString());
			if (options.hold) held.push(() => done());
			else setImmediate(done, options.fails);
		},
		writeNow(bytes) {
			if (options.fails) throw options.fails;
			written.push(Buffer.from(bytes).toString());
		},
	};
	const filter = new StdoutFilter({terminal, writer, synchronized: options.synchronized, lost: error => lost.push(error.message)});
	return {filter, written, terminal, lost, held};
}

test('markers of mode 2026 go through only where the terminal confirmed it', async () => {
	for (const [synchronized, expected] of [
		[true, `${begin}frame${end}`],
		[false, 'frame'],
	] as const) {
		const {filter, written} = setUp({synchronized});
		for (const part of [begin, 'frame', end]) filter.write(part);
		await filter.flushed();
		assert.equal(written.join(''), expected);
		assert.equal(filter.bytesSent, Buffer.byteLength(expected));
	}
});

test('a frame that erases the display goes without markers; an empty frame writes nothing', async () => {
	const {filter, written} = setUp({synchronized: true});
	for (const part of [begin, '\u001b[H\u001b[Jframe', end, begin, end, begin, 'next', end]) filter.write(part);
	await filter.flushed();
	assert.equal(written.join(''), `\u001b[H\u001b[Jframe${begin}next${end}`);
});

test('size, resize and terminal are those of the terminal', () => {
	const {filter, terminal} = setUp({synchronized: false});
	let resized = 0;
	filter.on('resized', () => resized++);
	filter.on('resize', () => assert.fail('Ink redraws by itself on this event'));
	terminal.columns = 40;
	terminal.emit('resize');
	assert.deepEqual([filter.isTTY, filter.columns, filter.rows, resized], [true, 40, 30, 1]);
	filter.close();
	terminal.emit('resize');
	assert.equal(resized, 1);
});

test('it knows which modes are on', async () => {
	const {filter} = setUp({synchronized: false});
	filter.write('\u001b[?1049h\u001b[?25l\u001b[?2004h');
	await filter.flushed();
	assert.deepEqual(filter.modes, {alternateScreen: true, cursorHidden: true, bracketedPaste: true});
	filter.write('\u001b[?1049l\u001b[?25h');
	await filter.flushed();
	assert.deepEqual(filter.modes, {alternateScreen: false, cursorHidden: false, bracketedPaste: true});
});

test('a slow terminal shows in writableLength, and what waited is sent in one piece', async () => {
	const {filter, written, held} = setUp({synchronized: false, hold: true});
	filter.write('a'.repeat(1000));
	filter.write('b'.repeat(1000));
	filter.write('c'.repeat(70_000));
	assert.equal(filter.writableLength, 72_000);
	held.shift()?.();
	await new Promise(resolve => setImmediate(resolve));
	assert.deepEqual(
		written.map(text => text.length),
		[1000, 71_000],
	);
});

test('a lost terminal is told once; nothing throws, nothing more is written', async () => {
	const {filter, written, lost} = setUp({synchronized: false, fails: Object.assign(new Error('write EIO'), {code: 'EIO'})});
	filter.write('a');
	await filter.flushed();
	filter.write('b');
	await filter.flushed();
	filter.writeNow('c');
	assert.deepEqual(lost, ['write EIO']);
	assert.deepEqual(written, ['a']);
	assert.equal(filter.destroyed, false);
});

test('a closed filter drops what comes', async () => {
	const {filter, written} = setUp({synchronized: false});
	filter.writeNow('last');
	filter.close();
	filter.write('frame of Ink on its way out');
	await filter.flushed();
	assert.deepEqual(written, ['last']);
});
