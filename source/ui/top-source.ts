import {topScreen} from '../core/app-state.ts';
import {pageTop} from '../core/page-focus.ts';
import type {PageSetting} from '../core/page.ts';
import type {TopScreen} from '../core/screen.ts';
import {evictionBytes} from '../core/top/eviction.ts';
import type {TopDetail, TopModel, TopRow} from '../core/top/top-model.ts';
import {left} from '../pages/object-metrics.ts';
import {focusedRow, topPage} from '../pages/top.ts';
import {LiveTop} from '../store/metrics/live-top.ts';
import type {Session} from '../store/session.ts';
import type {PageSource, PageTools} from './page-source.ts';

/** What only the row under the cursor needs is asked for when the cursor rests. */
const restMs = 300;

/** Feeds the Top screen while it is shown. */
export function topSource(screen: TopScreen, tools: PageTools, session: Session): PageSource {
	return new TopFeed(screen, tools, session);
}

class TopFeed implements PageSource {
	readonly #tools: PageTools;
	readonly #session: Session;
	readonly #live: LiveTop;
	#screen: TopScreen;
	#shown: TopModel | undefined;
	#resting: Disposable | undefined;
	#restingOn = '';
	/** The row whose details are asked for. */
	#rested: string | undefined;

	constructor(screen: TopScreen, tools: PageTools, session: Session) {
		this.#screen = screen;
		this.#tools = tools;
		this.#session = session;
		this.#live = new LiveTop({
			usage: session.usage,
			scopes: session.scopes,
			catalogue: () => session.catalogue,
			clock: tools.clock,
			now: () => session.now(),
			serverVersion: () => session.version,
			changed: () => this.#changed(),
		});
	}

	page(screen: Parameters<PageSource['page']>[0], setting: PageSetting): ReturnType<PageSource['page']> {
		// The stage keeps one source a type of screen.
		if (screen.type !== 'top') throw new Error(`the source of top was asked for ${screen.type}`);
		this.#screen = screen;
		const model = this.#live.model(screen);
		this.#shown = model;
		const row = focusedRow(model, screen.cursor);
		this.#look(model, row, setting);
		const {metrics} = this.#session.usage;
		return topPage(model, screen, setting, {
			...(row === undefined ? {} : {detail: this.#detail(row)}),
			historyOf: ({history: key}, of, samples) => (key === undefined ? undefined : metrics.ring(key).values(of, setting.now, samples)),
		});
	}

	stream(): ReturnType<NonNullable<PageSource['stream']>> {
		return this.#live.model(this.#screen).stream;
	}

	reload(): void {
		this.#session.usage.metrics.retry();
	}

	[Symbol.dispose](): void {
		this.#resting?.[Symbol.dispose]();
		this.#live[Symbol.dispose]();
	}

	/** New rows: the cursor's row keeps its line of the screen, others move. */
	#changed(): void {
		const screen = topScreen(this.#tools.state());
		const before = this.#shown;
		if (screen.type === 'top' && before !== undefined) {
			const indexIn = ({rows}: TopModel): number => rows.findIndex(({id}) => id === screen.cursor);
			const [old, now] = [indexIn(before), indexIn(this.#live.model(screen))];
			if (old >= 0 && now >= 0 && old !== now) this.#tools.dispatch([{type: 'change', screen: {type: 'top', top: Math.max(0, screen.top + now - old)}}]);
		}
		this.#tools.changed();
	}

	/** The nodes on screen are those whose kubelets may be asked; details are asked for once the cursor rests. */
	#look({rows}: TopModel, row: TopRow | undefined, setting: PageSetting): void {
		const lines = rows.map(({id}) => ({id, line: []}));
		const top = pageTop({crumb: '', head: [], fixed: [], hints: [], lines}, this.#screen, setting.body.rows);
		const nodeOf = (one: TopRow): string | undefined => (one.level === 'nodes' ? one.name : one.node);
		const shown = rows.slice(top, top + setting.body.rows).flatMap(one => nodeOf(one) ?? []);
		const rested = rows.find(({id}) => id === this.#rested);
		this.#live.look([...new Set(shown)], rested === undefined ? [] : [nodeOf(rested) ?? []].flat());
		if (row === undefined || row.id === this.#restingOn) return;
		this.#restingOn = row.id;
		this.#resting?.[Symbol.dispose]();
		this.#resting = this.#tools.clock.after(restMs, () => this.#rest(row));
	}

	#rest(row: TopRow): void {
		this.#rested = row.id;
		const {usage} = this.#session;
		if (row.history !== undefined && row.level !== 'containers') {
			const of = row.level === 'nodes' ? ({type: 'node', name: row.name} as const) : ({type: 'pod', namespace: row.namespace ?? '', name: row.name} as const);
			void usage.prometheus.fill(of, usage.metrics.ring(row.history), usage.signal).then(filled => {
				if (filled) this.#tools.changed();
			});
		}
		this.#tools.changed();
	}

	#detail(row: TopRow): TopDetail {
		const {usage} = this.#session;
		const now = this.#session.now();
		const reading = this.#live.reading();
		const ring = row.history === undefined ? undefined : usage.metrics.ring(row.history);
		const common = {
			row,
			...(ring === undefined ? {} : {cpuHistory: ring.values('cpu', now), memoryHistory: ring.values('memory', now)}),
			...(reading.kubelet === undefined ? {} : {kubelet: reading.kubelet}),
		};
		if (row.level === 'nodes') return {...common, ...this.#nodeDetail(row)};
		if (row.node === undefined) return common;
		const pod = reading.summaries.get(row.node)?.pods.get(`${row.namespace ?? ''}/${row.of ?? row.name}`);
		return {...common, ...(pod === undefined ? {} : {volumes: pod.volumes}), ...(pod?.ephemeral === undefined ? {} : {ephemeral: pod.ephemeral})};
	}

	#nodeDetail(row: TopRow): Partial<TopDetail> {
		const {usage} = this.#session;
		const summary = this.#live.reading().summaries.get(row.name);
		const threshold = this.#rested === row.id ? usage.thresholds.of(row.name, this.#tools.changed, usage.signal) : usage.thresholds.known(row.name);
		const bytes = evictionBytes(threshold, row.memory.capacity);
		const available = summary?.memoryAvailable ?? left(row.memory);
		return {
			pods: this.#live.podsOf(row.name),
			eviction: {...threshold, ...(bytes === undefined ? {} : {bytes}), ...(available === undefined ? {} : {available})},
			...(summary?.fileSystem === undefined ? {} : {fileSystem: summary.fileSystem}),
			...(summary?.imageFileSystem === undefined ? {} : {imageFileSystem: summary.imageFileSystem}),
		};
	}
}
