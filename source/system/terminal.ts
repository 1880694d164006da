import {performance} from 'node:perf_hooks';
import type {Readable} from 'node:stream';
import type {Clock} from '../core/clock.ts';
import type {Environment} from './environment.ts';
import type {ByteWriter} from './fd-writer.ts';
import {parseTerminalAnswers, type TerminalAnswers} from './terminal-answers.ts';

/** A terminal's input: `process.stdin` is one. */
export type TerminalInput = Readable & Readonly<{isTTY?: boolean; setRawMode?(on: boolean): unknown}>;

export type TerminalQuestion = Readonly<{
	input: TerminalInput;
	writer: ByteWriter;
	clock: Clock;
	environment: Pick<Environment, 'isUtf8' | 'isDumb' | 'isPlainTerminal' | 'multiplexer' | 'terminalMs'>;
	/** Time this thread has been busy so far: while it loads modules an answer waits in the kernel, and the line is not slow for that. */
	busyMs?(): number;
}>;

/** How long the answers may take all together, where the environment does not say it (screens.md 3). */
const usualMs = 200;
const silent: TerminalAnswers = {synchronizedOutput: false, typed: ''};
/** Its width is ambiguous in Unicode, as that of all our glyphs is. */
const ambiguousGlyph = '●';

/**
 * Asks the terminal what it is, in one write, before Ink reads stdin: nobody can ask later, since Ink's key parser
 * knows no answers. Leaves raw mode on, so that keys typed from now on are not echoed. Resolves with what was
 * answered when the last answer came, the time is over or the signal fired; never rejects.
 */
export async function askTerminal(question: TerminalQuestion, signal: AbortSignal): Promise<TerminalAnswers> {
	const {input, environment, clock} = question;
	if (!input.isTTY || environment.isDumb || signal.aborted) return silent;
	input.setRawMode?.(true);
	input.setEncoding('utf8');
	const busyMs = question.busyMs ?? (() => performance.eventLoopUtilization().active);
	const [askedAt, busyBefore] = [clock.now(), busyMs()];
	const received = receive(question, signal, busyMs);
	try {
		question.writer.writeNow(Buffer.from(questions(environment)));
	} catch {
		// The terminal is gone: whoever writes the first frame finds out and leaves.
	}
	const {text, first} = await received;
	const {answers, complete: _, ...found} = parseTerminalAnswers(text);
	return {
		...found,
		// GNU screen passes the question on and tears the frames all the same.
		synchronizedOutput: found.synchronizedOutput && environment.multiplexer !== 'screen',
		...(answers > 0 && first !== undefined ? {roundTripMs: Math.max(0, Math.round(first.at - askedAt - (first.busyMs - busyBefore)))} : {}),
	};
}

/** Whether the Unicode glyphs may be used: a terminal that did not say that they take one cell gets the ASCII set. */
export function canDrawUnicode(environment: Pick<Environment, 'isUtf8' | 'isDumb' | 'isPlainTerminal'>, answers: TerminalAnswers): boolean {
	return environment.isUtf8 && !environment.isDumb && !environment.isPlainTerminal && answers.ambiguousWidth === 1;
}

/** The cursor's place, a glyph, its place again; then what else we want to know; the glyph is wiped out at the end. */
function questions(environment: TerminalQuestion['environment']): string {
	const place = '\u001b[6n';
	const attributes = '\u001b[c';
	// These print what they do not understand.
	if (environment.isPlainTerminal) return place + attributes;
	const glyph = environment.isUtf8 ? ambiguousGlyph : '';
	return `\u001b7${place}${glyph}${place}\u001b[?2026$p\u001b]11;?\u0007${attributes}\u001b8\u001b[K`;
}

type Received = Readonly<{text: string; first?: Readonly<{at: number; busyMs: number}>}>;

function receive({input, clock, environment}: TerminalQuestion, signal: AbortSignal, busyMs: () => number): Promise<Received> {
	return new Promise(resolve => {
		let text = '';
		let first: Received['first'];
		const done = () => {
			timer[Symbol.dispose]();
			signal.removeEventListener('abort', done);
			input.off('readable', read);
			input.off('end', done);
			input.off('error', done);
			resolve({text, ...(first === undefined ? {} : {first})});
		};
		const read = () => {
			for (let chunk: unknown = input.read(); chunk !== null; chunk = input.read()) text += String(chunk);
			const parsed = parseTerminalAnswers(text);
			if (parsed.answers > 0) first ??= {at: clock.now(), busyMs: busyMs()};
			if (parsed.complete) done();
		};
		// After a long block the timer comes before the input that waits in the kernel: one turn more reads that.
		const timer = clock.after(environment.terminalMs ?? usualMs, () => setImmediate(done));
		signal.addEventListener('abort', done, {once: true});
		// 'readable', as Ink uses it too: bytes that come after the last answer stay in the stream for it.
		input.on('readable', read);
		input.on('end', done);
		input.on('error', done);
	});
}
