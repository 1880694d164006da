import type {Clock} from '../core/clock.ts';
import {problemOf} from '../core/problem.ts';
import {createBackoff} from './backoff.ts';
import type {KubeTransport} from './kube-transport.ts';
import {reactionTo} from './reaction.ts';
import type {ServedStatus, TableEvent} from './table.ts';
import {pause} from './wake.ts';
import {runWatch} from './watch.ts';

const listAccept = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json';
const watchAccept = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json';
const leastTimeoutMs = 300_000;
const moreTimeoutMs = 300_000;
const reopenWithinMs = 1_000;

export type DiscoveryWatchOptions = Readonly<{
	transport: KubeTransport;
	clock: Clock;
	/** 0 <= n < 1 */
	random: () => number;
	/** Collection whose changes change discovery. */
	path: string;
	changed(): void;
}>;

/**
 * Tells of changes to CRDs or APIServices. Resolves to true when the signal aborted, to false when it is not allowed or
 * not possible here, so that something else must look. Needs no rows: the list is asked for its version only.
 */
export async function watchDiscovery(options: DiscoveryWatchOptions, signal: AbortSignal): Promise<boolean> {
	const {clock, random} = options;
	const backoff = createBackoff(clock, random);
	let place: string | undefined;
	while (!signal.aborted) {
		try {
			const isAnew = place === undefined;
			place ??= await currentVersion(options, signal);
			// What happened between the last watch and this version was seen by nobody.
			if (isAnew) options.changed();
			const end = await watchFrom(options, place, version => (place = version), signal);
			if (end.type === 'closed') await pause(options, random() * reopenWithinMs, signal);
			else if (end.type === 'expired' || end.type === 'refused') place = undefined;
			else if (end.type === 'failed' && isHopeless(end.problem)) return signal.aborted;
			if (end.type !== 'closed' && end.type !== 'aborted') await pause(options, backoff.next(), signal);
		} catch (error) {
			if (isHopeless(problemOf(error, 'Could not watch the kinds'))) return signal.aborted;
			await pause(options, backoff.next(), signal);
		}
	}
	return true;
}

function isHopeless(problem: Parameters<typeof reactionTo>[0]): boolean {
	const reaction = reactionTo(problem);
	return reaction === 'denied' || reaction === 'gone' || reaction === 'not-acceptable' || problem.status === 405;
}

async function currentVersion(options: DiscoveryWatchOptions, signal: AbortSignal): Promise<string> {
	const answer = await options.transport.request({path: options.path, query: {limit: '1'}, accept: listAccept, pool: 'short'}, signal);
	// ListMeta, read with care.
	const list = JSON.parse(answer.body.toString('utf8')) as Readonly<{metadata?: Readonly<{resourceVersion?: string}>}>;
	return list.metadata?.resourceVersion ?? '';
}

function watchFrom(options: DiscoveryWatchOptions, resourceVersion: string, advance: (version: string) => void, signal: AbortSignal) {
	const timeoutMs = leastTimeoutMs + Math.floor(options.random() * moreTimeoutMs);
	const query = {watch: '1', resourceVersion, allowWatchBookmarks: 'true', timeoutSeconds: `${Math.round(timeoutMs / 1000)}`};
	return runWatch(
		{
			transport: options.transport,
			clock: options.clock,
			request: {path: options.path, query, accept: watchAccept},
			timeoutMs,
			bookmarked: false,
			decode,
			opened: () => {},
			quiet: () => {},
			awake: () => {},
			events(events) {
				for (const event of events) if (event.type !== 'error' && event.resourceVersion !== undefined) advance(event.resourceVersion);
				if (events.some(event => event.type === 'unknown')) options.changed();
			},
		},
		signal,
	);
}

/** The rows do not matter here: an event is a bookmark, an error, or some change ('unknown'). */
function decode(line: Buffer): TableEvent {
	// A watch line, of which only the type and the version are looked at.
	const event = JSON.parse(line.toString('utf8')) as Readonly<{
		type?: string;
		object?: ServedStatus & Readonly<{metadata?: Readonly<{resourceVersion?: string}>}>;
	}>;
	if (event.type === 'ERROR') return {type: 'error', status: event.object ?? {}};
	const resourceVersion = event.object?.metadata?.resourceVersion;
	return {type: event.type === 'BOOKMARK' ? 'bookmark' : 'unknown', ...(resourceVersion === undefined ? {} : {resourceVersion})};
}
