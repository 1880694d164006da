import type {ClusterView} from '../../core/check.ts';
import {type Judged, judge, type Memory} from '../../core/diagnose/judge.ts';
import type {StreamState} from '../../core/feed.ts';
import type {Live} from '../../core/live.ts';
import {type NetworkModel, nothingToProbe} from '../../core/net/network-model.ts';
import type {NetworkTab, NetworkView} from '../../core/net/network-view.ts';
import {cellObservations} from '../../core/net/report/cell-observations.ts';
import type {ProbePlan, ProbeWay} from '../../core/net/probe/probe-plan.ts';
import type {Observation} from '../../core/observation.ts';
import type {Scopes} from '../scope-handle.ts';
import {DnsObserver} from './dns-observer.ts';
import {Heartbeats} from './heartbeats.ts';
import {type Asked, blackboxPlanOf, chosen, planOf, reportOf} from './assess.ts';
import {LiveObjects} from './live-objects.ts';
import type {NetTools} from './net-tools.ts';
import {objectView} from './object-view.ts';
import {ProbeRuns, type Ran, type RunWish} from './probe-runs.ts';
import {type BlackboxPlan, sendProbes} from './send-probes.ts';
import {TabObserver} from './tab-observer.ts';
import type {ViewObserver} from './view-observer.ts';
import {kindsOfTab} from './view-kinds.ts';

/** What time alone changes (grace times, ages of log lines) is judged again this often. */
const judgeAgainMs = 5000;
/** Between two judgements: so many times what the last one took, at most that long. */
const costShare = 10;
const longestGapMs = 30_000;
const leasesKind = 'leases.coordination.k8s.io';

export type LiveNetworkOptions = Omit<NetTools, 'catalogue'> &
	Readonly<{
		scopes: Scopes;
		catalogue(): NetTools['catalogue'];
		/** Discovery has answered: what is not in the catalogue is not there. */
		discovered(): boolean;
		onCatalogue(changed: () => void): () => void;
		/** Server time. */
		now(): number;
	}>;

/** What the Network screen shows: objects of the open tab, what is read beside them, probes that run or ran. */
export class LiveNetwork implements Live<NetworkModel> {
	readonly #options: LiveNetworkOptions;
	readonly #listeners = new Set<() => void>();
	readonly #objects: LiveObjects;
	#heartbeats = new Heartbeats();
	#asked: NetworkView;
	#observer: Readonly<{tab: NetworkTab; reads: ViewObserver}> | undefined;
	#leaveCatalogue: (() => void) | undefined;
	#timer: Disposable | undefined;
	#memory: Memory | undefined;
	readonly #runs: ProbeRuns;
	#snapshot: NetworkModel | undefined;
	/** When and how long it was judged last, local time. */
	#judgedAt = 0;
	#costMs = 0;
	/** A change that waits for its turn. */
	#later: Disposable | undefined;

	constructor(options: LiveNetworkOptions, asked: NetworkView) {
		this.#options = options;
		this.#asked = asked;
		const {scopes, client, catalogue, discovered, clock} = options;
		this.#runs = new ProbeRuns({
			now: () => this.#options.now(),
			send: (sending, signal) => sendProbes({...this.#options, catalogue: catalogue()}, sending, signal),
			changed: (question, ran) => this.#ranOn(question, ran),
		});
		this.#objects = new LiveObjects({scopes, client, catalogue, discovered, clock, changed: () => this.#objectsChanged()});
	}

	snapshot = (): NetworkModel => {
		if (!this.#snapshot) {
			const startedAt = this.#options.clock.now();
			this.#snapshot = this.#model();
			this.#judgedAt = this.#options.clock.now();
			this.#costMs = this.#judgedAt - startedAt;
		}
		return this.#snapshot;
	};

	subscribe = (changed: () => void): (() => void) => {
		this.#listeners.add(changed);
		if (this.#listeners.size === 1) this.#open();
		return () => {
			this.#listeners.delete(changed);
			if (this.#listeners.size === 0) this.#close();
		};
	};

	/** Something else is looked at. The same question changes nothing. */
	show(asked: NetworkView): void {
		if (sameQuestion(asked, this.#asked)) return;
		const tab = this.#asked.tab;
		this.#asked = asked;
		this.#snapshot = undefined;
		if (asked.tab !== tab) this.#forget();
		if (this.#listeners.size > 0) this.#objects.want(kindsOfTab(asked.tab));
		this.#observe();
	}

	/** Why probes cannot be sent now; undefined where they can. */
	refusal(): string | undefined {
		return this.#runs.refusal(questionKey(this.#asked)) ?? nothingToProbe(this.snapshot());
	}

	/** What a probe would send in this way; undefined where the tab has nothing to probe. */
	plan(way: ProbeWay): ProbePlan | undefined {
		const {view} = this.snapshot();
		const asked = this.#question();
		return planOf(asked, view, chosen(asked, view), way);
	}

	/** What the cluster's blackbox exporter would be asked beside it. */
	blackboxPlan(): BlackboxPlan | undefined {
		const {view} = this.snapshot();
		const asked = this.#question();
		return blackboxPlanOf(asked, view, chosen(asked, view));
	}

	/** Why nothing could be asked the last time in this way; undefined where something was, or nobody tried. */
	lastFailure(way: ProbeWay): string | undefined {
		return this.#runs.lastFailure(way);
	}

	/** Sends what was planned. `failed` is told why where it could not be begun at all. */
	run(plan: ProbePlan, wish: RunWish, failed: (sentence: string) => void): void {
		this.#runs.start({question: questionKey(this.#asked), plan, blackbox: this.blackboxPlan(), wish}, failed);
	}

	/** How far the probes are is shown at once; what it all comes to is judged when they have ended. */
	#ranOn(question: string, {cells, run}: Ran): void {
		const shown = questionKey(this.#asked) === question ? this.#snapshot : undefined;
		this.#snapshot = run.state === 'running' && shown ? {...shown, cells, run} : undefined;
		this.#tell();
	}

	/** What is asked, with where names without a namespace are looked up. */
	#question(): Asked {
		return {...this.#asked, home: this.#asked.namespace ?? this.#options.client.context.namespace};
	}

	/** Ends the probes that run; false where none do. */
	cancel(): boolean {
		return this.#runs.cancel();
	}

	/** Reads again at once what is read from time to time. */
	refresh(): void {
		this.#observer?.reads.refresh();
		this.#snapshot = undefined;
		this.#tell();
	}

	#open(): void {
		this.#objects.want(kindsOfTab(this.#asked.tab));
		this.#leaveCatalogue = this.#options.onCatalogue(() => {
			this.#objects.want(kindsOfTab(this.#asked.tab));
			this.#changed();
		});
		this.#observe();
		this.#tick();
	}

	/** Leaving the screen cancels what runs: nobody would see it, and it is somebody's cluster. */
	#close(): void {
		this.#runs.cancel();
		this.#timer?.[Symbol.dispose]();
		this.#later?.[Symbol.dispose]();
		this.#later = undefined;
		this.#observer?.reads[Symbol.dispose]();
		this.#observer = undefined;
		this.#leaveCatalogue?.();
		this.#objects[Symbol.dispose]();
		this.#forget();
		this.#snapshot = undefined;
	}

	/** What was seen while the tab was open says nothing once there was a gap. */
	#forget(): void {
		this.#memory = undefined;
		this.#heartbeats = new Heartbeats();
	}

	#tick(): void {
		this.#timer = this.#options.clock.after(judgeAgainMs, () => {
			this.#changed();
			this.#tick();
		});
	}

	/** What is read beside the objects goes on for as long as its tab is open. */
	#observe(): void {
		const {tab} = this.#asked;
		const isOpen = this.#listeners.size > 0;
		if (this.#observer && (!isOpen || this.#observer.tab !== tab)) {
			this.#observer.reads[Symbol.dispose]();
			this.#observer = undefined;
		}
		if (!isOpen || this.#observer) return;
		const {client, clock} = this.#options;
		const of = {client, clock, view: () => this.#view([]), changed: () => this.#changed()};
		this.#observer = {tab, reads: tab === 'dns' ? new DnsObserver(of) : new TabObserver({...of, tab})};
	}

	/** When a lease was renewed is known now, or never. */
	#objectsChanged(): void {
		const leases = kindsOfTab(this.#asked.tab).filter(({kind}) => kind === leasesKind);
		for (const {objects} of this.#objects.read(leases).values()) this.#heartbeats.note(objects, this.#options.now());
		this.#changed();
	}

	/** Something is known anew. What takes long to judge is judged seldom: a tenth of the time is for that, the rest for keys and frames. */
	#changed(): void {
		if (this.#later) return;
		const {clock} = this.#options;
		const waitMs = this.#judgedAt + Math.min(longestGapMs, costShare * this.#costMs) - clock.now();
		if (waitMs > 0 && this.#snapshot) {
			this.#later = clock.after(waitMs, () => {
				this.#later = undefined;
				this.#snapshot = undefined;
				this.#tell();
			});
			return;
		}
		this.#snapshot = undefined;
		this.#tell();
	}

	#tell(): void {
		for (const listener of this.#listeners) listener();
	}

	#view(observations: readonly Observation[]): ClusterView {
		return objectView(this.#objects.read(kindsOfTab(this.#asked.tab)), {now: this.#options.now(), oneShot: false, observations});
	}

	#judge(view: ClusterView): Judged {
		const judged = judge(this.#options.checks, view, this.#memory);
		// Checks over kinds that this tab does not read wait for ever; that is nothing to be told.
		const asked = new Set(kindsOfTab(this.#asked.tab).map(({kind}) => kind));
		const loading = judged.loading.filter(kind => asked.has(kind));
		// While kinds are still being read nothing counts as seen for the first time.
		if (loading.length === 0) this.#memory = judged.memory;
		return {...judged, loading};
	}

	#model(): NetworkModel {
		const {cells, run, notChecked, blackbox} = this.#runs.of(questionKey(this.#asked));
		const observations = this.#observer?.reads.observations() ?? [];
		const view = this.#view([...observations, ...this.#heartbeats.observations(), ...cellObservations(cells), ...blackbox]);
		const judged = this.#judge(view);
		const streams = this.#objects.streams();
		const asked = this.#question();
		const picked = chosen(asked, view);
		const plan = planOf(asked, view, picked, 'exec');
		// Half a matrix would be judged wrongly: what was measured counts once all of it is there.
		const isOver = run.state === 'ended' && cells.length > 0;
		const report = reportOf(asked, {view, judged}, picked, {
			cells: isOver ? cells : [],
			probed: isOver,
			...(run.state === 'ended' ? {leftBehind: run.leftBehind} : {}),
		});
		return {
			asked: this.#asked,
			view,
			stream: wholeStream(streams),
			reads: streams.length + observations.length,
			judged,
			cells,
			run,
			...(picked.client ? {client: picked.client} : {}),
			...(picked.trace ? {trace: picked.trace} : {}),
			...(plan ? {plan} : {}),
			report: {...report, notChecked: [...report.notChecked, ...notChecked]},
		};
	}
}

/** What the probes of a tab are about: another cursor cell is not another question, another client is. */
function questionKey({tab, from, target, name}: NetworkView): string {
	return JSON.stringify([tab, from, tab === 'path' ? target : undefined, tab === 'dns' ? name : undefined]);
}

function sameQuestion(a: NetworkView, b: NetworkView): boolean {
	const text = ({tab, from, target, name, row, column, port, namespace, faultsOnly}: NetworkView): string =>
		JSON.stringify([tab, from, target, name, row, column, port, namespace, faultsOnly]);
	return text(a) === text(b);
}

/** One state for many streams: what stands in the way first, else the newest event of those that are up. */
function wholeStream(streams: readonly StreamState[]): StreamState {
	const first = <S extends StreamState['state']>(state: S): StreamState | undefined => streams.find(stream => stream.state === state);
	const live = streams.reduce((at, stream) => (stream.state === 'live' ? Math.max(at, stream.lastEventAt) : at), 0);
	const up: StreamState | undefined = live > 0 ? {state: 'live', lastEventAt: live} : undefined;
	return (
		first('login-needed') ??
		first('reconnecting') ??
		first('loading') ??
		up ??
		first('quiet') ??
		first('polling') ??
		first('queued') ??
		first('denied') ?? {state: 'loading', rows: 0}
	);
}
