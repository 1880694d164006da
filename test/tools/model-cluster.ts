import type {KubeAnswer, KubeRequest} from '../../source/kube/kube-transport.ts';
import {createScriptedTransport, failure, jsonAnswer, type ScriptedStream, type ScriptedTransport} from './scripted-transport.ts';

type Stored = Readonly<{name: string; namespace: string; uid: string; resourceVersion: string; value: string}>;
type Event = Readonly<{version: number; type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: Stored}>;

export const modelColumns = [
	{name: 'Name', type: 'string', format: 'name', description: '', priority: 0},
	{name: 'Value', type: 'string', format: '', description: '', priority: 0},
];

/** A Table of one or more rows, as an API server prints them. */
export function modelTable(rows: readonly Stored[], metadata: object, columns: readonly object[] | null = modelColumns) {
	return {
		kind: 'Table',
		apiVersion: 'meta.k8s.io/v1',
		metadata,
		columnDefinitions: columns,
		rows: rows.map(row => ({
			cells: [row.name, row.value],
			object: {
				kind: 'PartialObjectMetadata',
				apiVersion: 'meta.k8s.io/v1',
				metadata: {name: row.name, namespace: row.namespace, uid: row.uid, resourceVersion: row.resourceVersion, managedFields: [{manager: 'test'}]},
			},
		})),
	};
}

type Question = 'list' | 'watch' | 'version';
/** What a fault does to a request: an error thrown, a promise that hangs, an answer in its place. */
export type Fault = (signal: AbortSignal) => KubeAnswer | Promise<KubeAnswer> | undefined;

/**
 * One kind of an API server, in memory: versions, history, compaction, pages over snapshots, watches. Written from the
 * API's documentation, not from source/kube/.
 */
export class ModelCluster {
	readonly transport: ScriptedTransport;
	/** Asked before each request; may answer in the server's stead. */
	fault: ((question: Question, request: Pick<KubeRequest, 'path' | 'query'>) => Fault | undefined) | undefined;
	/** Rows of a page at most, however many are asked for. */
	largestPage = Number.POSITIVE_INFINITY;
	/** Watches opened while it is set get their head and then nothing, for ever. */
	muted = false;
	#version = 100;
	#compacted = 0;
	#uids = 0;
	readonly #objects = new Map<string, Stored>();
	readonly #history: Event[] = [];
	readonly #snapshots = new Map<number, readonly Stored[]>();
	readonly #watching = new Map<ScriptedStream, {first: boolean; namespace: string | undefined}>();

	constructor() {
		this.transport = createScriptedTransport({
			request: (request, signal) => this.#answer(request, signal),
			opened: (stream, signal) => this.#watch(stream, signal),
		});
	}

	put(name: string, value: string, namespace = 'default'): void {
		const key = `${namespace}/${name}`;
		const old = this.#objects.get(key);
		const uid = old?.uid ?? `uid-${++this.#uids}`;
		const object = {name, namespace, uid, resourceVersion: `${++this.#version}`, value};
		this.#objects.set(key, object);
		this.#record(old === undefined ? 'ADDED' : 'MODIFIED', object);
	}

	remove(name: string, namespace = 'default'): void {
		const old = this.#objects.get(`${namespace}/${name}`);
		if (old === undefined) return;
		this.#objects.delete(`${namespace}/${name}`);
		this.#record('DELETED', {...old, resourceVersion: `${++this.#version}`});
	}

	names(): readonly string[] {
		return [...this.#objects.values()].map(object => object.name);
	}

	/** Forgets all history, and the snapshots of lists that are not finished. */
	compact(): void {
		this.#compacted = this.#version;
		this.#snapshots.clear();
		this.#history.length = 0;
	}

	bookmark(): void {
		for (const stream of this.#open()) {
			const empty = {name: '', namespace: '', uid: '', resourceVersion: `${this.#version}`, value: '<unknown>'};
			stream.event('BOOKMARK', modelTable([empty], {resourceVersion: `${this.#version}`}, null));
		}
	}

	endStreams(): void {
		for (const stream of this.#open()) stream.end();
	}

	breakStreams(error: Error = failure('protocol', {cause: 'reset'})): void {
		for (const stream of this.#open()) stream.fail(error);
	}

	/** Open watches. */
	watches(): number {
		return this.#open().length;
	}

	/** `namespace/name uid value`, sorted: what a reader must end up with. */
	truth(): readonly string[] {
		return [...this.#objects.values()].map(object => `${object.namespace}/${object.name} ${object.uid} ${object.value}`).toSorted();
	}

	#open(): ScriptedStream[] {
		for (const stream of this.#watching.keys()) if (!stream.open) this.#watching.delete(stream);
		return [...this.#watching.keys()];
	}

	#record(type: Event['type'], object: Stored): void {
		const event = {version: this.#version, type, object};
		this.#history.push(event);
		for (const stream of this.#open()) this.#send(stream, event);
	}

	#send(stream: ScriptedStream, event: Event): void {
		const watch = this.#watching.get(stream);
		if (watch === undefined || (watch.namespace !== undefined && watch.namespace !== event.object.namespace)) return;
		stream.event(event.type, modelTable([event.object], {resourceVersion: event.object.resourceVersion}, watch.first ? modelColumns : null));
		watch.first = false;
	}

	async #answer(request: KubeRequest, signal: AbortSignal): Promise<KubeAnswer> {
		const question = request.path === '/version' ? 'version' : 'list';
		const answer = this.fault?.(question, request)?.(signal);
		if (answer !== undefined) return answer;
		return question === 'version' ? jsonAnswer({gitVersion: 'v1.34.2'}) : this.#list(request);
	}

	#list(request: KubeRequest): KubeAnswer {
		const limit = Math.min(this.largestPage, Number(request.query?.['limit'] ?? Number.POSITIVE_INFINITY));
		const token = request.query?.['continue'];
		const namespace = namespaceOf(request.path);
		const from = token === undefined ? {version: this.#version, start: ''} : JSON.parse(Buffer.from(token, 'base64url').toString());
		if (from.version !== -1 && from.version < this.#compacted) {
			const rest = Buffer.from(JSON.stringify({version: -1, start: from.start})).toString('base64url');
			return jsonAnswer({kind: 'Status', code: 410, reason: 'Expired', message: 'too old', metadata: {continue: rest}}, {status: 410});
		}
		const version = from.version === -1 ? this.#version : from.version;
		if (!this.#snapshots.has(version))
			this.#snapshots.set(
				version,
				[...this.#objects.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
			);
		const rows = (this.#snapshots.get(version) ?? []).filter(row => (namespace === undefined || row.namespace === namespace) && keyOf(row) > from.start);
		const page = rows.slice(0, limit);
		const last = page.at(-1);
		const more = rows.length > page.length && last !== undefined;
		const next = more
			? {continue: Buffer.from(JSON.stringify({version, start: keyOf(last)})).toString('base64url'), remainingItemCount: rows.length - page.length}
			: {};
		return jsonAnswer(modelTable(page, {resourceVersion: `${version}`, ...next}));
	}

	async #watch(stream: ScriptedStream, signal: AbortSignal): Promise<void> {
		await this.fault?.('watch', stream.request)?.(signal);
		if (this.muted) return;
		const from = Number(stream.request.query?.['resourceVersion']);
		if (from < this.#compacted) {
			stream.event('ERROR', {kind: 'Status', code: 410, reason: 'Expired', message: `too old resource version: ${from} (${this.#compacted})`});
			return stream.end();
		}
		this.#watching.set(stream, {first: true, namespace: namespaceOf(stream.request.path)});
		for (const event of this.#history) if (event.version > from) this.#send(stream, event);
	}
}

function keyOf(object: Stored): string {
	return `${object.namespace}/${object.name}`;
}

function namespaceOf(path: string): string | undefined {
	return /\/namespaces\/([^/]+)\//.exec(path)?.[1];
}
