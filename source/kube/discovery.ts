import type {Clock} from '../core/clock.ts';
import type {Discovery} from '../core/cluster-client.ts';
import {createBackoff} from './backoff.ts';
import {createDiscoveryCache} from './discovery-cache.ts';
import {fetchRoots} from './discovery-fetch.ts';
import type {DiscoveryRoot, DiscoveryRoots} from './discovery-model.ts';
import {watchDiscovery} from './discovery-watch.ts';
import type {KubeTransport} from './kube-transport.ts';
import {pause} from './wake.ts';

export type DiscoveryOptions = Readonly<{
	transport: KubeTransport;
	clock: Clock;
	/** 0 <= n < 1 */
	random: () => number;
	/** Without one nothing is kept from one start to the next. */
	cacheDirectory?: string;
	/** What tells clusters apart: server address and authority. */
	cacheKey: string;
}>;

export type DiscoveryReader = Readonly<{
	/**
	 * The kinds of the cluster: from the cache at once where there is one (`warming`), else from the server. Until the
	 * signal aborts, `changed` gets every later difference. Rejects with a ProblemError when neither has any.
	 */
	discover(changed: (discovery: Discovery) => void, signal: AbortSignal): Promise<Discovery>;
	/** Asks the server now; rejects with a ProblemError. */
	refresh(signal: AbortSignal): Promise<void>;
}>;

/** What changes discovery: a CRD, or the server behind an APIService. */
const watchedPaths = ['/apis/apiextensions.k8s.io/v1/customresourcedefinitions', '/apis/apiregistration.k8s.io/v1/apiservices'];
/** Aggregated discovery lags behind a CRD that is established already, hence several looks (kube-api.md 2.3). */
const looksAfterMs = [1_000, 3_000, 10_000];
const pollEveryMs = 60_000;

/** The kinds of one cluster, kept up to date. */
export function createDiscovery(options: DiscoveryOptions): DiscoveryReader {
	const {clock, transport} = options;
	const cache = options.cacheDirectory === undefined ? undefined : createDiscoveryCache(options.cacheDirectory, options.cacheKey, clock.now);
	const listeners = new Set<(discovery: Discovery) => void>();
	let roots: DiscoveryRoots | undefined;
	let current: Discovery | undefined;
	let isConfirmed = false;
	let queue: Promise<unknown> = Promise.resolve();

	const adopt = (found: DiscoveryRoots) => {
		const core = keepEqual(roots?.core, found.core);
		const groups = keepEqual(roots?.groups, found.groups);
		const isSame = isConfirmed && core === roots?.core && groups === roots?.groups;
		roots = {core, groups};
		isConfirmed = true;
		if (isSame && current !== undefined) return current;
		current = discoveryOf(roots, false);
		for (const listener of [...listeners]) listener(current);
		return current;
	};
	const fetchNow = async (signal: AbortSignal) => {
		const shown = current;
		const discovery = adopt(await fetchRoots(transport, roots, signal));
		// Written again when confirmed too: its age counts from the last answer.
		if (discovery !== shown && roots !== undefined) await cache?.write(roots);
		return discovery;
	};
	// One after the other: an answer that was overtaken must not replace the newer one.
	const fetchInTurn = (signal: AbortSignal) => {
		const turn = queue.then(() => fetchNow(signal));
		queue = turn.catch(() => undefined);
		return turn;
	};
	const warm = async () => {
		const stored = await cache?.read();
		if (stored === undefined || roots !== undefined) return;
		roots = stored;
		current = discoveryOf(stored, true);
	};

	return {
		async discover(changed, signal) {
			if (current === undefined) await warm();
			const listener = (discovery: Discovery) => changed(discovery);
			const first = current ?? (await fetchInTurn(signal));
			listeners.add(listener);
			signal.addEventListener('abort', () => listeners.delete(listener), {once: true});
			const refresh = () =>
				fetchInTurn(signal).then(
					() => true,
					() => false,
				);
			void keepFresh(options, {refresh, isConfirmed: () => isConfirmed}, signal);
			return first;
		},
		async refresh(signal) {
			await fetchInTurn(signal);
		},
	};
}

type Freshness = Readonly<{
	/** true when the server answered. Never rejects. */
	refresh(): Promise<boolean>;
	isConfirmed(): boolean;
}>;

async function keepFresh(options: DiscoveryOptions, freshness: Freshness, signal: AbortSignal): Promise<void> {
	const {clock} = options;
	const backoff = createBackoff(clock, options.random);
	while (!signal.aborted && !freshness.isConfirmed()) {
		if (!(await freshness.refresh())) await pause({clock}, backoff.next(), signal);
	}
	const looks = createLooks(clock, freshness.refresh);
	await Promise.all(watchedPaths.map(path => watchOrPoll({...options, path, changed: looks.soon}, freshness, signal)));
	looks.cancel();
}

async function watchOrPoll(options: Parameters<typeof watchDiscovery>[0], freshness: Freshness, signal: AbortSignal): Promise<void> {
	if (await watchDiscovery(options, signal)) return;
	while (!signal.aborted) {
		await pause(options, pollEveryMs, signal);
		if (!signal.aborted) await freshness.refresh();
	}
}

/** Looks again a few times after a change; the first one is not put off by further changes. */
function createLooks(clock: Clock, look: () => Promise<boolean>) {
	const pending = new Map<number, Disposable>();
	return {
		soon() {
			for (const [index, ms] of looksAfterMs.entries()) {
				if (index === 0 && pending.has(ms)) continue;
				pending.get(ms)?.[Symbol.dispose]();
				const timer = clock.after(ms, () => {
					pending.delete(ms);
					void look();
				});
				pending.set(ms, timer);
			}
		},
		cancel() {
			for (const timer of pending.values()) timer[Symbol.dispose]();
			pending.clear();
		},
	};
}

function discoveryOf(roots: DiscoveryRoots, warming: boolean): Discovery {
	return {types: [...roots.core.types, ...roots.groups.types], problems: new Map([...roots.core.problems, ...roots.groups.problems]), warming};
}

/** Servers without ETags send the same again and again: equal content stays the same object. */
function keepEqual(before: DiscoveryRoot | undefined, found: DiscoveryRoot): DiscoveryRoot {
	if (before === undefined || before === found) return found;
	return JSON.stringify(before) === JSON.stringify(found) ? before : found;
}
