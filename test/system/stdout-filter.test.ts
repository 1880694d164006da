import assert from 'node:assert/strict';
import {EventEmitter} from 'node:events';
import {test} from 'node:test';
import type {ByteWriter} from '../../source/system/fd-writer.ts';
import {StdoutFilter} from '../../source/system/stdout-filter.ts';

const begin = '\u001b[?2026h';
const end = '\u001b[?2026l';
const alternate = '\u001b[?1049h';

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

test('frames of more than one row are wrapped in mode 2026 only where the terminal confirmed it, and an unchanged one is no frame', async () => {
	for (const synchronized of [true, false]) {
		const {filter, written} = setUp({synchronized});
		filter.write(alternate);
		for (const text of ['', 'one\ntwo', '', '\r', 'two', '\rtwelve']) {
			for (const part of [begin, text, end]) filter.write(part);
			await filter.flushed();
		}
		const [opened, ...rest] = written;
		assert.equal(opened, alternate);
		assert.equal(rest.length, 5, 'a blank screen, the frame, the cursor to and fro, and a frame of one row');
		assert.match(rest[1] ?? '', synchronized ? /^\u001b\[\?2026hone\r\ntwo\u001b\[\?2026l$/ : /^one\r\ntwo$/);
		assert.deepEqual(rest.slice(2), ['\r', '\u001b[4G', '\belve']);
		assert.equal(filter.bytesSent, Buffer.byteLength(written.join('')));
	}
});

test('no frame erases the display, whatever Ink does', async () => {
	const {filter, written} = setUp({synchronized: true});
	filter.write(alternate);
	for (const part of [begin, 'old frame', end]) filter.write(part);
	await filter.flushed();
	for (const part of [begin, '\u001b[H\u001b[Jframe', end]) filter.write(part);
	await filter.flushed();
	filter.repaint();
	await filter.flushed();
	assert.doesNotMatch(written.join(''), /\u001b\[\d?J/);
});

test('what is not on the alternate screen goes through as it is', async () => {
	const {filter, written} = setUp({synchronized: true});
	for (const part of [begin, 'text\n\u001b[J', end, alternate, '\u001b[?1049l', 'after']) filter.write(part);
	await filter.flushed();
	assert.equal(written.join(''), `text\n\u001b[J${alternate}\u001b[?1049lafter`);
});

test('frames that come while the terminal is busy become one', async () => {
	const {filter, written, held} = setUp({synchronized: true, hold: true});
	filter.write(alternate);
	for (const text of ['one', '\rtwo', '\rsix']) for (const part of [begin, text, end]) filter.write(part);
	held.shift()?.();
	await new Promise(resolve => setImmediate(resolve));
	assert.equal(written.length, 2);
	assert.match(written[1] ?? '', /six/);
	assert.doesNotMatch(written[1] ?? '', /one|two/);
});

test('the cursor goes where it belongs, seen only in an input field', async () => {
	const {filter, written} = setUp({synchronized: true});
	let place = {row: 2, column: 0, visible: false};
	filter.followCursor(() => place);
	for (const part of [alternate, '\u001b[?25l', begin, 'frame', end]) filter.write(part);
	await filter.flushed();
	assert.match(written.at(-1) ?? '', /\u001b\[3H\u001b\[\?2026l$/);
	place = {row: 2, column: 7, visible: true};
	filter.settle();
	await filter.flushed();
	assert.equal(written.at(-1), '\u001b[8G\u001b[?25h');
	assert.equal(filter.modes.cursorHidden, false);
	filter.settle();
	await filter.flushed();
	assert.equal(written.at(-1), '\u001b[8G\u001b[?25h', 'nothing is written where nothing has moved');
});

test('a text for the clipboard does not move anything', async () => {
	const {filter, written} = setUp({synchronized: false});
	for (const part of [alternate, begin, 'frame', end]) filter.write(part);
	await filter.flushed();
	filter.writeNow('\u001b]52;c;YQ==\u0007');
	for (const part of [begin, '\rfrome', end]) filter.write(part);
	await filter.flushed();
	assert.equal(written.at(-1), '\b\b\bo\u001b[6G');
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
