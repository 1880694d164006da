import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import {askTerminal, canDrawUnicode, type TerminalInput} from '../../source/system/terminal.ts';
import type {ByteWriter} from '../../source/system/fd-writer.ts';
import {systemClock} from '../../source/system/clock.ts';
import {createFakeClock} from '../tools/fake-clock.ts';

const environment = {isUtf8: true, isDumb: false, isPlainTerminal: false};
const busyMs = () => 0;
const never = new AbortController().signal;

/** An input that answers what is asked with `answer(asked)`. */
function terminal(answer?: (asked: string) => string): {input: TerminalInput; writer: ByteWriter; asked: string[]; raw: boolean[]} {
	const asked: string[] = [];
	const raw: boolean[] = [];
	const stream = Object.assign(new PassThrough(), {isTTY: true, setRawMode: (on: boolean) => raw.push(on)});
	const writer: ByteWriter = {
		write: (_, done) => done(),
		writeNow(bytes) {
			asked.push(Buffer.from(bytes).toString());
			if (answer !== undefined) stream.write(answer(Buffer.from(bytes).toString()));
		},
	};
	return {input: stream, writer, asked, raw};
}

test('one write asks, the last answer ends the waiting', async () => {
	const {input, writer, asked, raw} = terminal(() => '\u001b[1;1R\u001b[1;2Rj\u001b[?2026;2$y\u001b]11;rgb:ffff/ffff/ffff\u0007\u001b[?62c');
	const clock = createFakeClock();
	const answers = await askTerminal({input, writer, clock, environment, busyMs}, never);
	assert.equal(asked.length, 1);
	assert.match(asked[0] ?? '', /^\u001b7\u001b\[6n●\u001b\[6n.*\u001b8\u001b\[K$/);
	assert.deepEqual(answers, {background: '#ffffff', appearance: 'light', ambiguousWidth: 1, synchronizedOutput: true, roundTripMs: 0, typed: 'j'});
	assert.deepEqual(raw, [true]);
	assert.equal(clock.pending(), 0, 'no timer is left');
	assert.equal(input.listenerCount('readable'), 0);
});

test('a silent terminal costs 200 ms and no more; what was typed comes back', async () => {
	const {input, writer} = terminal(() => ':pods');
	const clock = createFakeClock();
	const asking = askTerminal({input, writer, clock, environment, busyMs}, never);
	await clock.advance(199);
	assert.equal(clock.pending(), 1);
	await clock.advance(1);
	assert.deepEqual(await asking, {synchronizedOutput: false, typed: ':pods'});
});

test('where the environment gives the answers more time, they may come late', async () => {
	const {input, writer} = terminal();
	const clock = createFakeClock();
	const asking = askTerminal({input, writer, clock, environment: {...environment, terminalMs: 2000}, busyMs}, never);
	await clock.advance(1900);
	(input as PassThrough).write('\u001b[?2026;2$y\u001b[?62c'); // the test made it a PassThrough
	assert.equal((await asking).synchronizedOutput, true);
});

test('partial answers count, and the round trip is that of the first', async () => {
	const {input, writer} = terminal();
	const clock = createFakeClock();
	const asking = askTerminal({input, writer, clock, environment, busyMs}, never);
	await clock.advance(40);
	(input as PassThrough).write('\u001b[1;1R'); // the test made it a PassThrough
	await clock.advance(160);
	assert.deepEqual(await asking, {synchronizedOutput: false, roundTripMs: 40, typed: ''});
});

test("time in which this thread was busy is not the line's", async () => {
	const {input, writer} = terminal();
	const clock = createFakeClock();
	let busy = 1000;
	const asking = askTerminal({input, writer, clock, environment, busyMs: () => busy}, never);
	await clock.advance(150);
	busy += 120;
	(input as PassThrough).write('\u001b[1;1R\u001b[?62c'); // the test made it a PassThrough
	assert.equal((await asking).roundTripMs, 30);
});

test('answers that came while the thread was blocked past the time count', async () => {
	const stream = Object.assign(new PassThrough(), {isTTY: true, setRawMode: () => undefined});
	const writer: ByteWriter = {write: (_, done) => done(), writeNow: () => undefined};
	const asking = askTerminal({input: stream, writer, clock: systemClock('hold'), environment: {...environment, terminalMs: 5}}, never);
	const blockedUntil = performance.now() + 30;
	while (performance.now() < blockedUntil);
	setImmediate(() => stream.write('\u001b[?2026;2$y'));
	assert.equal((await asking).synchronizedOutput, true);
});

test('what comes after the last answer stays in the stream for Ink', async () => {
	const {input, writer} = terminal(() => '\u001b[?62c');
	await askTerminal({input, writer, clock: createFakeClock(), environment, busyMs}, never);
	(input as PassThrough).write('q');
	const read = await new Promise(resolve => input.once('readable', () => resolve(input.read())));
	assert.equal(read, 'q');
});

test('GNU screen never gets synchronized frames; plain terminals are asked little, dumb ones nothing', async () => {
	const all = () => '\u001b[?2026;2$y\u001b[?62c';
	const inScreen = terminal(all);
	assert.equal(
		(await askTerminal({...inScreen, clock: createFakeClock(), environment: {...environment, multiplexer: 'screen'}, busyMs}, never)).synchronizedOutput,
		false,
	);
	const plain = terminal(all);
	await askTerminal({...plain, clock: createFakeClock(), environment: {...environment, isPlainTerminal: true}, busyMs}, never);
	assert.deepEqual(plain.asked, ['\u001b[6n\u001b[c']);
	const dumb = terminal(all);
	await askTerminal({...dumb, clock: createFakeClock(), environment: {...environment, isDumb: true}, busyMs}, never);
	assert.deepEqual([dumb.asked, dumb.raw], [[], []]);
});

test('no terminal, an end of input, an abort and a dead output all end the waiting', async () => {
	const clock = createFakeClock();
	const noTerminal = new PassThrough();
	const {writer} = terminal();
	assert.deepEqual(await askTerminal({input: noTerminal, writer, clock, environment, busyMs}, never), {synchronizedOutput: false, typed: ''});
	const ended = terminal();
	ended.input.push(null);
	assert.equal((await askTerminal({...ended, clock, environment, busyMs}, never)).typed, '');
	const controller = new AbortController();
	const asking = askTerminal({...terminal(), clock, environment, busyMs}, controller.signal);
	controller.abort();
	assert.equal((await asking).typed, '');
	const dead = terminal();
	const broken: ByteWriter = {
		write: (_, done) => done(),
		writeNow() {
			throw new Error('EIO');
		},
	};
	const waiting = askTerminal({input: dead.input, writer: broken, clock, environment, busyMs}, never);
	await clock.advance(200);
	assert.equal((await waiting).synchronizedOutput, false);
});

test('Unicode glyphs need a UTF-8 locale and a measured width of one cell', () => {
	const answers = {synchronizedOutput: false, typed: ''};
	assert.equal(canDrawUnicode(environment, {...answers, ambiguousWidth: 1}), true);
	assert.equal(canDrawUnicode(environment, {...answers, ambiguousWidth: 2}), false);
	assert.equal(canDrawUnicode(environment, answers), false);
	assert.equal(canDrawUnicode({...environment, isUtf8: false}, {...answers, ambiguousWidth: 1}), false);
	assert.equal(canDrawUnicode({...environment, isPlainTerminal: true}, {...answers, ambiguousWidth: 1}), false);
});
