import type {ProbeCell} from '../../core/net/cell.ts';
import type {NotChecked} from '../../core/net/net-report.ts';
import type {NetworkRun} from '../../core/net/network-model.ts';
import type {ProbePlan, ProbeWay} from '../../core/net/probe/probe-plan.ts';
import type {Observation} from '../../core/observation.ts';
import {problemOf} from '../../core/problem.ts';
import type {BlackboxPlan, Sending, SentRun} from './send-probes.ts';

/** diagnosis.md 4.2: between two runs. */
const betweenRunsMs = 10_000;

/** What came of the probes of one question, or comes just now. */
export type Ran = Readonly<{cells: readonly ProbeCell[]; run: NetworkRun; notChecked: readonly NotChecked[]; blackbox: readonly Observation[]}>;
const notRun: Ran = {cells: [], run: {state: 'none'}, notChecked: [], blackbox: []};
/** Of a source that could not be made ready nothing was asked. */
const unasked: ReadonlySet<ProbeCell['transport']> = new Set(['not-allowed', 'not-run']);

/** How a run is sent. */
export type RunWish = Pick<Sending, 'way' | 'image' | 'namespace'>;

export type ProbeRunsOptions = Readonly<{
	/** Server time. */
	now(): number;
	send(sending: Sending, signal: AbortSignal): Promise<SentRun>;
	/** The run of this question is another. */
	changed(question: string, ran: Ran): void;
}>;

export type RunOrder = Readonly<{question: string; plan: ProbePlan; blackbox: BlackboxPlan | undefined; wish: RunWish}>;

/** Runs of probes, one at a time, and what was measured, by question: going back to one finds it again. */
export class ProbeRuns {
	readonly #options: ProbeRunsOptions;
	readonly #ran = new Map<string, Ran>();
	/** Why the last run in a way could ask nothing from the client: an admission that refused, an image that did not come. */
	readonly #failed = new Map<ProbeWay, string>();
	#running: AbortController | undefined;

	constructor(options: ProbeRunsOptions) {
		this.#options = options;
	}

	of(question: string): Ran {
		return this.#ran.get(question) ?? notRun;
	}

	/** Why no run of this question can begin now; undefined where one can. */
	refusal(question: string): string | undefined {
		if (this.#running) return 'Probes are running. Ctrl-C cancels them';
		const {run} = this.of(question);
		const sinceMs = run.state === 'ended' ? this.#options.now() - run.at : betweenRunsMs;
		if (sinceMs >= betweenRunsMs) return undefined;
		return `The last run was ${Math.round(sinceMs / 1000)} s ago: the next one may begin in ${Math.ceil((betweenRunsMs - sinceMs) / 1000)} s`;
	}

	/** Why nothing could be asked the last time in this way; undefined where something was, or nobody tried. */
	lastFailure(way: ProbeWay): string | undefined {
		return this.#failed.get(way);
	}

	/** Sends what was planned. `failed` is told why where it could not be begun at all. */
	start({question, plan, blackbox, wish}: RunOrder, failed: (sentence: string) => void): void {
		if (this.#running) return;
		const {now, send} = this.#options;
		const {way} = wish;
		const stop = new AbortController();
		this.#running = stop;
		const startedAt = now();
		const cells: ProbeCell[] = [];
		const tell = (ran: Partial<Ran>): void => {
			const whole = {...notRun, ...ran};
			this.#ran.set(question, whole);
			this.#options.changed(question, whole);
		};
		const progress = (): NetworkRun => ({state: 'running', way, done: cells.length, total: plan.questions.length, startedAt});
		const onCell = (cell: ProbeCell): void => {
			cells.push(cell);
			tell({cells: [...cells], run: progress()});
		};
		const ended = (run: SentRun | undefined): void => {
			this.#running = undefined;
			const at = now();
			if (!stop.signal.aborted) this.#remember(way, run);
			tell({
				cells: run?.cells ?? [...cells],
				run: {state: 'ended', way, at, tookMs: at - startedAt, cancelled: stop.signal.aborted, leftBehind: run?.leftBehind ?? []},
				...(run ? {notChecked: run.notChecked, blackbox: run.blackbox} : {}),
			});
		};
		tell({run: progress()});
		void send({plan, blackbox, onCell, ...wish}, stop.signal).then(ended, (error: unknown) => {
			ended(undefined);
			if (!stop.signal.aborted) failed(problemOf(error, 'Could not probe').cause);
		});
	}

	/** Ends the probes that run; false where none do. */
	cancel(): boolean {
		this.#running?.abort();
		return this.#running !== undefined;
	}

	#remember(way: ProbeWay, run: SentRun | undefined): void {
		const own = run?.cells.filter(({from}) => from.role === 'A') ?? [];
		const [first] = own;
		if (first && own.every(({transport}) => unasked.has(transport))) this.#failed.set(way, first.detail);
		else this.#failed.delete(way);
	}
}
