import type {FeedOf, FeedSink, Scope, StreamState} from '../../source/core/feed.ts';
import type {Item, KubeObject} from '../../source/core/kubernetes.ts';
import {makeCatalogue} from '../../source/core/make-catalogue.ts';
import type {ResourceKind} from '../../source/core/resource-kind.ts';
import type {Catalogue} from '../../source/core/catalogue.ts';
import {Pulse} from '../../source/store/pulse.ts';
import {WatchedScopes} from '../../source/store/scopes.ts';
import type {FakeClock} from '../tools/fake-clock.ts';

/** One feed of every scope that is opened; the test plays the API server for each by its plural name and selector. */
export function manyFeeds(clock: FakeClock) {
	const opened = new Map<string, {scope: Scope; sink: FeedSink}>();
	const name = (scope: Scope): string =>
		[scope.type.plural, scope.namespace, scope.labelSelector, scope.fieldSelector].filter(part => part !== undefined).join(' ');
	const feedOf: FeedOf = scope => async (sink, signal) => {
		opened.set(name(scope), {scope, sink});
		await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), {once: true}));
		opened.delete(name(scope));
	};
	const pulse = new Pulse({clock, tier: () => 'local', blocked: () => false});
	const scopes = new WatchedScopes({feedOf, clock, pulse, skewMs: () => 0});
	const sink = (key: string): FeedSink => {
		const found = opened.get(key);
		if (!found) throw new Error(`no feed of ${key}; open: ${[...opened.keys()].join(' | ')}`);
		return found.sink;
	};
	return {
		scopes,
		names: () => [...opened.keys()],
		scope: (key: string) => opened.get(key)?.scope,
		/** A complete list, then live. */
		list(key: string, items: readonly Item[]): void {
			const to = sink(key);
			to.beginList();
			to.page(items);
			to.endList();
			to.stream({state: 'live', lastEventAt: clock.now()});
		},
		upsert: (key: string, ...items: readonly Item[]) => sink(key).apply(items.map(item => ({type: 'upsert', item}))),
		remove: (key: string, item: Item) => sink(key).apply([{type: 'delete', item}]),
		stream: (key: string, state: StreamState) => sink(key).stream(state),
		partial: (key: string, namespaces: readonly string[]) => sink(key).partial(namespaces),
	};
}

let version = 1;

/** An item in object mode, newer than every one made before. `printed` are its server cells. */
export function itemOf(object: KubeObject, printed: Readonly<Record<string, string>> = {}): Item {
	const {namespace, name, uid = `uid-${namespace ?? ''}-${name}`} = object.metadata;
	const meta = {...object.metadata, uid, resourceVersion: String(version++)};
	return {
		ref: {apiVersion: object.apiVersion, kind: object.kind, name, uid, ...(namespace === undefined ? {} : {namespace})},
		meta,
		object: {...object, metadata: meta},
		printed: column => printed[column.toLowerCase()],
	};
}

/** Any JSON object as the server would send it. */
export function served(apiVersion: string, kind: string, fields: Readonly<Record<string, unknown>>): KubeObject {
	return {apiVersion, kind, metadata: {name: 'x'}, ...fields};
}

/** A record of a kind whose state is what its label `state` says; `why` is its label `why`. */
export function labelled(apiVersion: string, kind: string, plural: string, more: Partial<ResourceKind> = {}): ResourceKind {
	const tones: Readonly<Record<string, 'ok' | 'warning' | 'error' | 'progressing' | 'muted'>> = {
		ok: 'ok',
		warning: 'warning',
		error: 'error',
		progressing: 'progressing',
		muted: 'muted',
	};
	return {
		apiVersion,
		kind,
		plural,
		aliases: [],
		scope: 'namespaced',
		mode: 'metadata',
		columns: [],
		sort: {by: 'name'},
		tone: item => tones[item.meta.labels?.['state'] ?? ''] ?? 'ok',
		why: item => item.meta.labels?.['why'],
		...more,
	};
}

export function catalogueOf(...kinds: readonly ResourceKind[]): Catalogue {
	return makeCatalogue(kinds, undefined);
}
