import type {Clock} from '../../core/clock.ts';
import type {CellTransport, ProbeSource} from '../../core/net/cell.ts';
import {programCommands, readProgram} from '../../core/net/probe/program-batch.ts';
import type {ProbeQuestion} from '../../core/net/probe/probe-plan.ts';
import {sanitise} from '../../core/net/probe/sanitise.ts';
import {batchCommands, readBatch} from '../../core/net/probe/shell-batch.ts';
import {discoveryArgv, readDiscovery, type Tools} from '../../core/net/probe/tools.ts';
import type {ExecAnswer, ProbeConnection} from '../../core/probe-connection.ts';
import type {Measured, Probe} from '../../core/probe.ts';
import {type Problem, problemOf} from '../../core/problem.ts';
import type {ExecLimit} from './exec-limit.ts';
import type {ProbeRecord} from './probe-record.ts';

export type AskTools = Readonly<{
	probes: Pick<ProbeConnection, 'exec'>;
	kinds: readonly Probe[];
	limit: ExecLimit;
	clock: Clock;
	random: () => number;
	record?(entry: ProbeRecord): void;
}>;

/** What one question came to; `tool` as the cell names it. */
export type Asked = Readonly<{question: ProbeQuestion; askings: readonly Measured[]; tool: string}>;

const discoveryMs = 10_000;
const batchMs = 30_000;
/** What may take this long is not waited for by the others of its batch. */
const slowMs = 6_000;
const discoveryBytes = 16_384;
/** Each output has 2,500 bytes at most, and its marks. */
const bytesEach = 3_000;
const bytesMost = 1_048_576;
/** How a runtime says that there is no such program in the image. */
const noProgram = /executable file not found|no such file or directory|not found in \$PATH|exec format error|cannot execute|stat .* no such/i;

/** Asks all questions of one source in a few commands: what tools there are, then everything at once. Never rejects. */
export async function askSource(tools: AskTools, source: ProbeSource, questions: readonly ProbeQuestion[], signal: AbortSignal): Promise<readonly Asked[]> {
	const nonce = makeNonce(tools.random);
	const found = await run(tools, source, {argv: discoveryArgv(nonce), timeoutMs: discoveryMs, limitBytes: discoveryBytes}, signal);
	if ('problem' in found) return questions.map(question => unasked(question, ...whyRefused(found.problem)));
	const {answer} = found;
	if (isMissing(answer)) return await askWithoutShell(tools, source, questions, signal);
	const known = readDiscovery(textOf(answer), nonce);
	if (known === undefined) return questions.map(question => unasked(question, ...whyUnread(answer)));
	if (known.runtime !== undefined) {
		const asked = await askProgram(tools, source, {questions, runtime: known.runtime}, signal);
		if (asked !== undefined) return asked;
	}
	return await askShell(tools, source, {questions, known}, signal);
}

/** A distroless image may still be one of python or node; else only a file can be read, where there is a `cat`. */
async function askWithoutShell(tools: AskTools, source: ProbeSource, questions: readonly ProbeQuestion[], signal: AbortSignal): Promise<readonly Asked[]> {
	for (const runtime of ['python3', 'node'] as const) {
		const asked = await askProgram(tools, source, {questions, runtime}, signal);
		if (asked !== undefined) return asked;
	}
	const why = 'the container has no shell, no python3 and no node; an ephemeral container beside it has the tools';
	return await Promise.all(
		questions.map(async question => {
			if (question.probe !== 'resolv-conf') return unasked(question, 'tool-missing', why);
			const path = '/etc/resolv.conf';
			const read = await run(tools, source, {argv: ['cat', path], timeoutMs: discoveryMs, limitBytes: discoveryBytes}, signal);
			if ('problem' in read) return unasked(question, ...whyRefused(read.problem));
			if (read.answer.exitCode !== 0 || read.answer.truncated) return unasked(question, 'tool-missing', why);
			const text = textOf(read.answer)
				.split('\n')
				.map(line => `${path} ${line}`)
				.join('\n');
			return {question, tool: 'cat', askings: [kindOf(tools, question).read({text, exitCode: 0, ms: read.answer.tookMs}, question, 'cat')]};
		}),
	);
}

/** By our own program; undefined where it does not run at all, so that something else may be tried. */
async function askProgram(
	tools: AskTools,
	source: ProbeSource,
	{questions, runtime}: Readonly<{questions: readonly ProbeQuestion[]; runtime: 'python3' | 'node'}>,
	signal: AbortSignal,
): Promise<readonly Asked[] | undefined> {
	const nonce = makeNonce(tools.random);
	const lines = questions.map(question => ({id: question.id, words: kindOf(tools, question).ask(question), times: question.samples}));
	const runs = await Promise.all(
		programCommands(lines, nonce, runtime).map(argv => run(tools, source, {argv, timeoutMs: batchMs, limitBytes: bytesOf(questions)}, signal)),
	);
	const read = runs.map(one => ('answer' in one ? readProgram(textOf(one.answer), nonce) : undefined));
	if (read.every(one => one === undefined || (!one.isWhole && one.answers.size === 0)) && runs.some(one => 'answer' in one)) return undefined;
	return questions.map(question => {
		const kind = kindOf(tools, question);
		const fields = read.flatMap(one => one?.answers.get(question.id) ?? []);
		if (fields.length > 0) return {question, tool: runtime, askings: fields.map(one => kind.readFields(one, question))};
		return unasked(question, ...whyNothing(runs), runtime);
	});
}

async function askShell(
	tools: AskTools,
	source: ProbeSource,
	{questions, known}: Readonly<{questions: readonly ProbeQuestion[]; known: Tools}>,
	signal: AbortSignal,
): Promise<readonly Asked[]> {
	const nonce = makeNonce(tools.random);
	const commands = questions.map(question => ({question, command: kindOf(tools, question).command(question, known)}));
	const lines = commands
		.flatMap(({question, command}) => {
			const slow = kindOf(tools, question).timeoutMs >= slowMs;
			return command === undefined ? [] : [{id: question.id, words: command.words, times: question.samples, slow}];
		})
		// Those first that may take long: they run beside all others.
		.toSorted((a, b) => Number(b.slow) - Number(a.slow));
	const shell = known.has.has('bash') ? 'bash' : 'sh';
	const runs = await Promise.all(
		batchCommands(lines, nonce, shell).map(argv => run(tools, source, {argv, timeoutMs: batchMs, limitBytes: bytesOf(questions)}, signal)),
	);
	const read = runs.flatMap(one => ('answer' in one ? [readBatch(textOf(one.answer), nonce)] : []));
	return commands.map(({question, command}) => {
		if (command === undefined) return unasked(question, 'tool-missing', missingText(known));
		const outputs = read.flatMap(one => one.outputs.get(question.id) ?? []);
		if (outputs.length === 0) return unasked(question, ...whyNothing(runs), command.tool);
		const kind = kindOf(tools, question);
		return {question, tool: command.tool, askings: outputs.map(output => kind.read(output, question, command.tool))};
	});
}

type Run = Readonly<{answer: ExecAnswer} | {problem: Problem}>;
type Command = Readonly<{argv: readonly string[]; timeoutMs: number; limitBytes: number}>;

/** One command in its turn, told to the log. */
async function run({probes, limit, clock, record}: AskTools, source: ProbeSource, command: Command, signal: AbortSignal): Promise<Run> {
	const {namespace, pod, container} = source;
	const target = `${namespace}/${pod} ${container}`;
	const {argv} = command;
	let at = clock.now();
	try {
		const answer = await limit(() => {
			at = clock.now();
			return probes.exec({namespace, pod, container, ...command}, signal);
		}, signal);
		const failure = answer.failure ?? (answer.timedOut ? 'timed out' : answer.truncated ? 'more output than is read' : undefined);
		record?.({
			at,
			target,
			argv,
			tookMs: answer.tookMs,
			...(answer.exitCode === undefined ? {} : {exitCode: answer.exitCode}),
			...(failure === undefined ? {} : {failure}),
		});
		return {answer};
	} catch (error) {
		const problem: Problem = signal.aborted
			? {code: 'cancelled', what: `Could not ask from ${target}`, cause: 'the run was ended before it was asked'}
			: problemOf(error, `Could not ask from ${target}`);
		record?.({at, target, argv, tookMs: clock.now() - at, failure: problem.cause});
		return {problem};
	}
}

function isMissing({exitCode, failure = '', stdout}: ExecAnswer): boolean {
	if (noProgram.test(failure)) return true;
	// Some runtimes tell it by exit codes, as a shell would (kube-api.md 8.1).
	return stdout.length === 0 && (exitCode === 126 || exitCode === 127 || exitCode === 128);
}

function whyRefused(problem: Problem): readonly [CellTransport, string] {
	const isForbidden = problem.code === 'forbidden' || problem.code === 'policy';
	return [isForbidden ? 'not-allowed' : 'not-run', `${problem.cause}`];
}

function whyUnread(answer: ExecAnswer): readonly [CellTransport, string] {
	if (answer.timedOut) return ['not-run', `the container did not answer within ${discoveryMs / 1000} s`];
	if (answer.failure !== undefined) return ['not-run', sanitise(answer.failure)];
	const said = sanitise(textOf(answer).slice(0, 4_000));
	return ['tool-error', `what the container answered cannot be read${said === '' ? '' : `: ${said}`}`];
}

/** Why a question of a batch has no answer. */
function whyNothing(runs: readonly Run[]): readonly [CellTransport, string] {
	for (const one of runs) {
		if ('problem' in one) return whyRefused(one.problem);
		if (one.answer.truncated) return ['tool-error', 'the container printed more than is read'];
		if (one.answer.timedOut) return ['not-run', `the container did not answer within ${batchMs / 1000} s`];
		if (one.answer.failure !== undefined) return ['not-run', sanitise(one.answer.failure)];
	}
	return ['tool-error', 'the container printed nothing that can be read for this question'];
}

function missingText({has}: Tools): string {
	const named = [...has].filter(name => !['head', 'dd', 'od', 'timeout'].includes(name));
	return `none of the tools in the container can ask this${named.length === 0 ? '' : ` (it has ${named.join(', ')})`}`;
}

function unasked(question: ProbeQuestion, transport: CellTransport, detail: string, tool = ''): Asked {
	return {question, tool, askings: [{transport, detail}]};
}

function kindOf({kinds}: AskTools, {probe}: ProbeQuestion): Probe {
	const kind = kinds.find(({id}) => id === probe);
	if (kind === undefined) throw new Error(`there is no probe ${probe}`);
	return kind;
}

function bytesOf(questions: readonly ProbeQuestion[]): number {
	return Math.min(bytesMost, bytesEach * (1 + questions.reduce((sum, {samples}) => sum + samples, 0)));
}

function textOf({stdout}: ExecAnswer): string {
	return new TextDecoder().decode(stdout);
}

/** A word that nobody can know before. It begins with a letter, so that no tool takes it for a number or an option. */
function makeNonce(random: () => number): string {
	return `k${Array.from({length: 4}, () =>
		Math.floor(random() * 0x10000)
			.toString(16)
			.padStart(4, '0'),
	).join('')}`;
}
