import type {buildConnector} from 'undici';
import type {Clock} from '../core/clock.ts';
import {ProblemError} from '../core/problem.ts';
import type {ResolvedContext} from './config.ts';
import {createDispatchers, type Dispatchers, poolLimits, type PoolName} from './dispatchers.ts';
import {proxyFor} from './proxy.ts';
import {createConnector} from './proxy-connector.ts';
import {createSemaphore} from './semaphore.ts';
import type {TlsMaterial} from './tls-files.ts';

/** A short request that waits longer for a free connection fails; a stream's user is told that it waits. */
const queueLimitMs = 10_000;
const queuedAfterMs = 5_000;
/** Readers of a retired identity's streams open them again: not all at once. */
const retireOverMs = 2_000;

export type Connections = Readonly<{
	/** The connections for this TLS identity; another one's are closed, their streams ended like a server ends them. */
	of(tls: TlsMaterial): Dispatchers;
	/** Opens single connections for this TLS identity, the same way as the pools do: for upgrades, which no pool can hold. */
	connector(tls: TlsMaterial): buildConnector.connector;
	/** Waits for its turn; dispose the slot when the answer is complete. Rejects with a ProblemError, or with the signal's reason. */
	turn(request: Readonly<{pool: PoolName; what: string; queued?: () => void}>, signal: AbortSignal): Promise<Disposable>;
	/** Known until `gone`, so that a change of identity can end it. */
	streamOpened(dispatchers: Dispatchers, stream: Readonly<{destroy(): void}>): Readonly<{gone(): void}>;
	/** Ends everything on the connections in use; the next request opens new ones. */
	renew(): void;
	/** Ends everything; whatever asks later gets a ProblemError (cancelled): a connection opened now would keep the program from ending. */
	close(): Promise<void>;
}>;

export type ConnectionsOptions = Readonly<{
	resolved: ResolvedContext;
	environment: Readonly<Record<string, string | undefined>>;
	clock: Clock;
	random: () => number;
}>;

/** The pools of one cluster: one live set, and while an identity changes one that drains. Throws a config ProblemError for a bad proxy variable. */
export function createConnections({resolved, environment, clock, random}: ConnectionsOptions): Connections {
	const proxy = proxyFor(resolved.server, resolved.proxyUrl, environment);
	const semaphores = {short: createSemaphore(poolLimits.short), stream: createSemaphore(poolLimits.stream), bulk: createSemaphore(poolLimits.bulk)};
	const draining = new Set<Dispatchers>();
	const streams = new Map<Dispatchers, Set<Readonly<{destroy(): void}>>>();
	let live: {tls: TlsMaterial; dispatchers: Dispatchers} | undefined;
	let isClosed = false;
	const retire = (old: Dispatchers) => {
		draining.add(old);
		for (const stream of streams.get(old) ?? []) clock.after(random() * retireOverMs, () => stream.destroy());
		const done = () => void draining.delete(old);
		old.close().then(done, done);
	};
	return {
		of(tls) {
			if (isClosed) throw new ProblemError({code: 'cancelled', what: 'Could not ask the server', cause: 'the connection to the cluster was closed here'});
			if (live?.tls === tls) return live.dispatchers;
			const next = createDispatchers(resolved.server, tls, proxy);
			const old = live?.dispatchers;
			if (old?.digest === next.digest) {
				live = {tls, dispatchers: old};
				return old;
			}
			live = {tls, dispatchers: next};
			if (old !== undefined) retire(old);
			return next;
		},
		connector: tls => createConnector(tls, proxy),
		async turn({pool, what, queued}, signal) {
			const semaphore = semaphores[pool];
			const slot = semaphore.acquire(signal);
			if (!(slot instanceof Promise)) return slot;
			return await waitForTurn({slot, clock, pool, what, ...(queued === undefined ? {} : {queued})});
		},
		streamOpened(dispatchers, stream) {
			const open = streams.get(dispatchers) ?? new Set();
			streams.set(dispatchers, open.add(stream));
			return {
				gone() {
					open.delete(stream);
					if (open.size === 0) streams.delete(dispatchers);
				},
			};
		},
		renew() {
			const old = live?.dispatchers;
			live = undefined;
			if (old !== undefined) void old.destroy();
		},
		async close() {
			const all = live === undefined ? [...draining] : [live.dispatchers, ...draining];
			live = undefined;
			isClosed = true;
			await Promise.all(all.map(one => one.destroy()));
		},
	};
}

type Waiting = Readonly<{slot: Promise<Disposable>; clock: Clock; pool: PoolName; what: string; queued?: () => void}>;

async function waitForTurn({slot, clock, pool, what, queued}: Waiting): Promise<Disposable> {
	if (pool === 'stream') {
		using _notice = clock.after(queuedAfterMs, () => queued?.());
		return await slot;
	}
	const full = Promise.withResolvers<never>();
	let isLate = false;
	using _limit = clock.after(queueLimitMs, () => {
		isLate = true;
		full.reject(
			new ProblemError({
				code: 'timeout',
				what,
				cause: `local queue full: ${poolLimits[pool]} requests are already under way and none ended within ${queueLimitMs / 1000} s`,
			}),
		);
	});
	// A slot that comes too late is passed on at once.
	slot.then(
		late => isLate && late[Symbol.dispose](),
		() => undefined,
	);
	return await Promise.race([slot, full.promise]);
}
