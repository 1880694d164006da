import type {FeedSink} from '../core/feed.ts';
import {itemKey} from '../core/kubernetes.ts';
import type {ColumnSet, CompactItem} from '../core/compact-item.ts';
import {type ListOptions, listPages} from './list-pages.ts';
import {type Outcome, outcomeOfError} from './outcome.ts';
import {type RewatchOptions, rewatch} from './rewatch.ts';
import {createSlices, type Slices} from './slices.ts';
import type {TableEvent, TablePage} from './table.ts';

/** A change of columns asks for new cells, but not more often: two servers of different versions would go on for ever. */
const columnsRelistMs = 120_000;

export type RoundOptions = Omit<ListOptions, 'recover'> &
	Omit<RewatchOptions, 'resourceVersion' | 'apply'> &
	Readonly<{
		sink: FeedSink;
		/** false: list only. */
		watch: boolean;
		/** Say nothing of loading: a poll over rows that are on the screen already. */
		quietly: boolean;
	}>;

/**
 * One list and the watch that follows it. The watch opens right after the first page, from that page's version, while
 * the others load. Never rejects.
 */
export async function runRound(options: RoundOptions, signal: AbortSignal): Promise<Outcome> {
	const own = new AbortController();
	const either = AbortSignal.any([signal, own.signal]);
	const what = `Could not list ${options.scope.type.plural}`;
	const recover: ListOptions['recover'] = (error, until) => options.recovery.wait(error.problem, options.report.relisting, until);
	const pages = listPages({...options, recover}, either);
	let running: Running | undefined;
	try {
		running = await begin(options, pages, either);
		return running === undefined ? {next: 'end'} : await firstOutcome(running);
	} catch (error) {
		return signal.aborted ? {next: 'end'} : outcomeOfError(error, what);
	} finally {
		own.abort();
		await Promise.allSettled([running?.loading, running?.watching]);
		// Ends the generator; what it still waits for was aborted.
		await pages.return();
	}
}

type Running = Readonly<{loading: Promise<Outcome | undefined>; watching: Promise<Outcome> | undefined}>;

/** More whole objects than this are not kept: their memory and parse time grow with each (kube-api.md 3.2). */
const mostWholeObjects = 3_000;

/** A function of its own, so that the first page is not kept in memory for as long as the watch lives. */
async function begin(options: RoundOptions, pages: AsyncGenerator<TablePage, void>, signal: AbortSignal): Promise<Running | undefined> {
	const first = await pages.next();
	if (first.done === true || signal.aborted) return undefined;
	const lighten: Promise<Outcome> = Promise.resolve({next: 'lighten'});
	if (options.scope.mode === 'object' && first.value.size + (first.value.remaining ?? 0) > mostWholeObjects) return {loading: lighten, watching: undefined};
	const rows = createRows(options);
	const watching = options.watch ? rewatch({...options, resourceVersion: first.value.resourceVersion, apply: rows.apply}, signal) : undefined;
	const what = `Could not list ${options.scope.type.plural}`;
	return {loading: rows.load(first.value, pages, signal).catch(error => outcomeOfError(error, what)), watching};
}

async function firstOutcome({loading, watching}: Running): Promise<Outcome> {
	if (watching === undefined) return (await loading) ?? {next: 'poll'};
	const outcome = await Promise.race([watching, loading.then(failed => failed ?? watching)]);
	// Rows can still be had where a watch cannot.
	return outcome.next === 'unwatchable' ? ((await loading) ?? outcome) : outcome;
}

/** Brings pages and events to the sink in the one order that is right: an event beats the page that was listed before it. */
function createRows(options: RoundOptions) {
	const {sink, report, decoder, clock} = options;
	const startedAt = clock.now();
	const slices = createSlices();
	/** Keys that the watch brought or deleted while pages still come; undefined once they are all there. */
	let touched: Set<string> | undefined = new Set();
	let shown: ColumnSet | undefined;
	let loaded = 0;
	const show = (): boolean => {
		const columns = decoder.columns();
		if (columns === undefined || columns === shown) return false;
		const isChange = shown !== undefined;
		shown = columns;
		sink.columns(columns.columns);
		return isChange;
	};
	const deliver = async (page: TablePage, signal: AbortSignal) => {
		slices.begin();
		let items: CompactItem[] = [];
		for (let index = 0; index < page.size; index++) {
			const item = page.item(index);
			if (item !== undefined && touched?.has(itemKey(item)) !== true) items.push(item);
			if (index % 32 !== 31 || !slices.full()) continue;
			sink.page(items);
			items = [];
			await pauseBetween(slices, signal);
			if (signal.aborted) return;
		}
		sink.page(items);
		loaded += page.size;
		if (!options.quietly) report.loading(loaded, page.remaining);
		await pauseBetween(slices, signal);
	};
	sink.beginList();
	show();
	return {
		apply(events: readonly TableEvent[]): Outcome | undefined {
			const isChange = show();
			const changes = events.flatMap(event => (event.type === 'upsert' || event.type === 'delete' ? [{type: event.type, item: event.item}] : []));
			if (touched !== undefined) for (const change of changes) touched.add(itemKey(change.item));
			if (changes.length > 0) sink.apply(changes);
			if (!isChange || clock.now() - startedAt < columnsRelistMs) return undefined;
			return {next: 'relist', while: 'watching', problem: {code: 'expired', what: 'Could not go on watching', cause: 'the columns of the kind have changed'}};
		},
		async load(first: TablePage, pages: AsyncGenerator<TablePage, void>, signal: AbortSignal): Promise<undefined> {
			for (let page: TablePage | undefined = first; page !== undefined && !signal.aborted; ) {
				show();
				await deliver(page, signal);
				const step: IteratorResult<TablePage, void> = await pages.next();
				page = step.done === true ? undefined : step.value;
			}
			if (signal.aborted) return;
			touched = undefined;
			sink.endList();
			report.loaded();
		},
	};
}

async function pauseBetween(slices: Slices, signal: AbortSignal): Promise<void> {
	if (!signal.aborted) await slices.yield();
}
