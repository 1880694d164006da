import type {Catalogue} from '../../core/catalogue.ts';
import type {Clock} from '../../core/clock.ts';
import type {StreamState} from '../../core/feed.ts';
import type {Item} from '../../core/kubernetes.ts';
import type {Node} from '../../core/node-state.ts';
import type {Problem} from '../../core/problem.ts';
import {type MetricsReading, newestSample, type UsageKind} from '../../core/top/metrics-reading.ts';
import {sumMeasures} from '../../core/top/sum-measures.ts';
import type {TopModel, TopRow, TopSource} from '../../core/top/top-model.ts';
import {pods, type TopInput, topRows} from '../../core/top/top-rows.ts';
import {topScreenOf} from '../../core/top/top-screen.ts';
import type {TopView} from '../../core/top/top-view.ts';
import {staleAfterMs} from '../../core/top/usage.ts';
import type {ScopeHandle, Scopes} from '../scope-handle.ts';
import type {ClusterUsage} from './cluster-usage.ts';
import type {MetricsHandle} from './metrics-store.ts';
import type {PodBookHandle} from './pod-books.ts';

/** Changes of pods come one by one; the rows are made anew at most so often, and more rarely where there are many. */
const gatherMs = 250;
const crowdedGatherMs = 2000;
const crowd = 1000;

export type LiveTopOptions = Readonly<{
	usage: ClusterUsage;
	scopes: Scopes;
	catalogue(): Catalogue;
	clock: Clock;
	/** Server time. */
	now(): number;
	serverVersion?(): string | undefined;
	/** There is another model. */
	changed(): void;
}>;

/** What feeds the Top screen: samples, the numbers of pods and the nodes, made into rows. */
export class LiveTop implements Disposable {
	readonly #options: LiveTopOptions;
	readonly #metrics: MetricsHandle;
	#nodes: ScopeHandle | undefined;
	#book: (PodBookHandle & Readonly<{key: string}>) | undefined;
	#view: TopView = topScreenOf();
	#viewKey = '';
	#model: TopModel | undefined;
	#gathering: Disposable | undefined;

	constructor(options: LiveTopOptions) {
		this.#options = options;
		this.#metrics = options.usage.metrics.open({nodes: true, pods: {}}, () => this.#soon());
	}

	/** The rows of a view. */
	model(view: TopView): TopModel {
		const key = keyOf(view);
		if (this.#model === undefined || key !== this.#viewKey) {
			this.#viewKey = key;
			this.#view = view;
			this.#open();
			this.#model = this.#make();
		}
		return this.#model;
	}

	/** The nodes whose kubelets may be asked: those on screen, and those whose details are shown. */
	look(kubelets: readonly string[], details: readonly string[]): void {
		const {namespace, level} = this.#view;
		this.#metrics.want({nodes: true, pods: namespace === undefined || level === 'nodes' ? {} : {namespace}, kubelets, details});
	}

	reading(): MetricsReading {
		return this.#metrics.reading();
	}

	/** The pods of a node in the order of the view. */
	podsOf(node: string): readonly TopRow[] {
		const {sort, descending} = this.#view;
		return topRows({...this.#input(), view: topScreenOf({level: 'pods', node, sort, descending})});
	}

	[Symbol.dispose](): void {
		this.#gathering?.[Symbol.dispose]();
		this.#metrics[Symbol.dispose]();
		this.#nodes?.[Symbol.dispose]();
		this.#book?.[Symbol.dispose]();
	}

	#soon(): void {
		const {clock} = this.#options;
		const isFirst = this.#model === undefined || this.#model.rows.length === 0;
		this.#gathering ??= clock.after(isFirst ? 0 : (this.#model?.rows.length ?? 0) > crowd ? crowdedGatherMs : gatherMs, () => {
			this.#gathering = undefined;
			this.#open();
			this.#model = this.#make();
			this.#options.changed();
		});
	}

	/** Opens what the view needs and is not open: before discovery there may be no types. */
	#open(): void {
		const {catalogue, scopes, usage} = this.#options;
		const type = catalogue().find('nodes');
		if (type !== undefined) this.#nodes ??= scopes.open({type, mode: 'object'}, () => this.#soon());
		const {level, namespace, labelSelector} = this.#view;
		const scope = level === 'nodes' ? {} : {...(namespace === undefined ? {} : {namespace}), ...(labelSelector === undefined ? {} : {labelSelector})};
		const key = JSON.stringify(scope);
		if (this.#book?.key === key) return;
		const opened = usage.books.open(scope, () => this.#soon());
		this.#book?.[Symbol.dispose]();
		this.#book = opened && {...opened, key};
	}

	#input(): TopInput {
		const {now, serverVersion} = this.#options;
		const version = serverVersion?.();
		const book = this.#book?.book;
		return {
			view: this.#view,
			reading: this.reading(),
			// Half of the pods would be half of the requests: until all are there none are shown.
			numbers: book?.state().ready ? book.numbers : undefined,
			nodes: this.#nodeItems(),
			now: now(),
			...(version === undefined ? {} : {serverVersion: version}),
		};
	}

	#nodeItems(): readonly Item<Node>[] {
		// The scope of nodes brings Nodes.
		return (this.#nodes === undefined ? [] : [...this.#nodes.items()]) as readonly Item<Node>[];
	}

	#make(): TopModel {
		const input = this.#input();
		const {level} = this.#view;
		const rows = topRows(input);
		const kind: UsageKind = level === 'nodes' ? 'nodes' : 'pods';
		const looked = input.numbers === undefined ? [] : pods({...input, view: {...this.#view, bestEffort: false}});
		const from = this.#from(input.reading, kind);
		return {
			level,
			rows,
			...(level === 'nodes'
				? {
						total: {
							cpu: sumMeasures(rows.map(row => row.cpu)),
							memory: sumMeasures(rows.map(row => row.memory)),
							unmeasured: rows.filter(row => row.cpu.used === undefined).length,
						},
					}
				: {}),
			bestEffort: looked.filter(pod => pod.bestEffort).length,
			unmeasured: from.source === undefined ? 0 : looked.filter(pod => pod.running && !input.reading.pods.has(pod.key)).length,
			from,
			...this.#stream(from, input.now),
		};
	}

	#from(reading: MetricsReading, kind: UsageKind): TopSource {
		const newest = newestSample(reading, kind);
		const book = this.#book?.book.state();
		const nodes = this.#nodes?.state();
		const podProblem = problemIn(book?.stream);
		const nodeProblem = problemIn(nodes?.stream);
		return {
			isAsked: reading.asked[kind],
			...(reading.source[kind] === undefined ? {} : {source: reading.source[kind]}),
			...(newest === undefined ? {} : {at: newest.at}),
			...(newest?.windowMs === undefined ? {} : {windowMs: newest.windowMs}),
			...(reading.missing[kind] === undefined ? {} : {missing: reading.missing[kind]}),
			...(reading.kubelet === undefined ? {} : {kubelet: reading.kubelet}),
			...(reading.only === undefined || kind === 'nodes' ? {} : {only: reading.only}),
			pods: {state: book?.ready || podProblem ? 'ready' : 'loading', ...(podProblem && !book?.ready ? {problem: podProblem} : {})},
			nodes: {state: nodes?.data === 'ready' || nodeProblem ? 'ready' : 'loading', ...(nodeProblem && nodes?.data !== 'ready' ? {problem: nodeProblem} : {})},
		};
	}

	/** How fresh what is on screen is; nothing where nothing is measured: the page says why. */
	#stream({at, isAsked, missing}: TopSource, now: number): Pick<TopModel, 'stream'> {
		if (at === undefined) return isAsked ? {} : {stream: {state: 'loading', rows: 0}};
		if (now - at <= staleAfterMs) return {stream: {state: 'polling', everyMs: 15_000, lastEventAt: at}};
		const cause = missing?.text ?? 'no new sample came';
		return {stream: {state: 'reconnecting', since: at, problem: {code: 'timeout', what: 'Could not read metrics', cause}, nextTryAt: now}};
	}
}

function problemIn(stream: StreamState | undefined): Problem | undefined {
	return stream && 'problem' in stream ? stream.problem : undefined;
}

/** Views with the same key have the same rows in the same order. */
function keyOf({level, namespace, node, pod, workload, labelSelector, sort, descending, bestEffort}: TopView): string {
	return JSON.stringify([level, namespace, node, pod, workload, labelSelector, sort, descending, bestEffort]);
}
