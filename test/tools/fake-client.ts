import type {
	AccessAnswer,
	AccessQuestion,
	ClusterClient,
	ContextInfo,
	Discovery,
	Identity,
	TableAnswer,
	TableQuestion,
} from '../../source/core/cluster-client.ts';
import {ColumnSet, CompactItem} from '../../source/core/compact-item.ts';
import type {FeedSink, Scope, ServerColumn} from '../../source/core/feed.ts';
import type {Item, KubeObject, Meta, PrintedCell} from '../../source/core/kubernetes.ts';
import {type Problem, ProblemError} from '../../source/core/problem.ts';
import {apiVersionOf, qualifiedName, type ResourceType} from '../../source/core/resource-type.ts';
import type {PrintClient} from '../../source/print/print-client.ts';

/** A kind as discovery describes it; what is left out is what most kinds have. */
export function resourceType(parts: Pick<ResourceType, 'plural' | 'kind'> & Partial<ResourceType>): ResourceType {
	return {
		group: '',
		version: 'v1',
		singular: parts.kind.toLowerCase(),
		namespaced: true,
		verbs: ['get', 'list', 'watch'],
		shortNames: [],
		categories: [],
		subresources: [],
		preferred: true,
		state: 'current',
		...parts,
	};
}

/** `Name`, `Ready`, `Age`, with `*` before the wide ones: columns as the server defines them. */
export function serverColumns(...names: readonly string[]): readonly ServerColumn[] {
	return names.map(name => ({
		name: name.replace(/^\*/, ''),
		type: 'string',
		format: name === 'Name' ? 'name' : '',
		description: '',
		priority: name.startsWith('*') ? 1 : 0,
	}));
}

export type FakeRow = Readonly<{namespace?: string; cells: readonly PrintedCell[]; meta?: Partial<Meta>; object?: Readonly<Record<string, unknown>>}>;

/** The Table of a kind; the first cell is the name. */
export function serverTable(type: ResourceType, columns: readonly ServerColumn[], rows: readonly FakeRow[]): TableAnswer {
	const set = new ColumnSet(columns);
	return {columns, items: rows.map(row => fakeItem(type, set, row))};
}

/** One row of such a Table. */
export function fakeItem(type: ResourceType, columns: ColumnSet, row: FakeRow): Item {
	const name = String(row.cells[0]);
	const apiVersion = apiVersionOf(type);
	const namespace = row.namespace === undefined ? {} : {namespace: row.namespace};
	const meta: Meta = {name, ...namespace, uid: `uid-${row.namespace ?? ''}-${name}`, ...row.meta};
	const object = row.object === undefined ? {} : {object: {...row.object, apiVersion, kind: type.kind, metadata: meta}};
	return new CompactItem({ref: {apiVersion, kind: type.kind, name, ...namespace}, meta, columns, cells: row.cells, ...object});
}

export type FakeAnswers = Readonly<{
	context?: Partial<ContextInfo>;
	/** By qualified plural name. A Problem makes the request fail. */
	tables?: Readonly<Record<string, TableAnswer | Problem>>;
	objects?: Readonly<Record<string, readonly KubeObject[] | Problem>>;
	version?: string | Problem;
	identity?: Identity | Problem;
	skewMs?: number;
	can?(question: AccessQuestion): AccessAnswer;
	discover?: ClusterClient['discover'];
}>;

/** A cluster client whose answers are given; remembers what it was asked. */
export class FakeClient implements PrintClient, Pick<ClusterClient, 'discover' | 'whoami' | 'can'> {
	readonly context: ContextInfo;
	readonly asked: Array<Readonly<{plural: string} & TableQuestion>> = [];
	readonly questions: AccessQuestion[] = [];
	/** The sinks of the feeds that were opened, by qualified plural name. */
	readonly sinks = new Map<string, FeedSink>();
	readonly scopes: Scope[] = [];
	readonly #answers: FakeAnswers;

	constructor(answers: FakeAnswers = {}) {
		this.#answers = answers;
		this.context = {
			name: 'prod-eu1',
			cluster: 'eu1',
			user: 'alice',
			namespace: 'shop',
			server: 'https://10.0.0.10:6443',
			source: '/home/alice/.kube/config',
			demo: false,
			...answers.context,
		};
	}

	async table(type: ResourceType, options: TableQuestion): Promise<TableAnswer> {
		this.asked.push({plural: type.plural, ...options});
		const answer = given(this.#answers.tables?.[qualifiedName(type)] ?? {columns: [], items: []});
		const items = answer.items.filter(
			item => (options.namespace === undefined || item.meta.namespace === options.namespace) && (options.name === undefined || item.meta.name === options.name),
		);
		if (options.name !== undefined && items.length === 0) throw notFound(type, options.name);
		return {...answer, items};
	}

	async get(type: ResourceType, namespace: string | undefined, name: string): Promise<KubeObject> {
		const found = given(this.#answers.objects?.[qualifiedName(type)] ?? []).find(one => one.metadata.name === name && one.metadata.namespace === namespace);
		if (!found) throw notFound(type, name);
		return found;
	}

	async list(type: ResourceType, {namespace, keep = object => object}: Parameters<ClusterClient['list']>[1]): Promise<readonly KubeObject[]> {
		const objects = given(this.#answers.objects?.[qualifiedName(type)] ?? []);
		return objects.filter(object => namespace === undefined || object.metadata.namespace === namespace).map(keep);
	}

	async version(): Promise<string> {
		return given(this.#answers.version ?? 'v1.34.2');
	}

	async whoami(): Promise<Identity | undefined> {
		const {identity} = this.#answers;
		return identity === undefined ? undefined : given(identity);
	}

	async can(question: AccessQuestion): Promise<AccessAnswer> {
		this.questions.push(question);
		return this.#answers.can?.(question) ?? {allowed: true};
	}

	async discover(changed: (discovery: Discovery) => void, signal: AbortSignal): Promise<Discovery> {
		return (await this.#answers.discover?.(changed, signal)) ?? {types: [], problems: new Map(), warming: false};
	}

	skewMs(): number {
		return this.#answers.skewMs ?? 0;
	}

	feedOf =
		(scope: Scope) =>
		(sink: FeedSink, signal: AbortSignal): Promise<void> => {
			this.scopes.push(scope);
			// Taken apart: a feed may hand the functions on one by one.
			const {columns, beginList, page, endList, apply, stream, partial} = sink;
			this.sinks.set(qualifiedName(scope.type), {columns, beginList, page, endList, apply, stream, partial});
			return new Promise(resolve => {
				if (signal.aborted) resolve();
				else signal.addEventListener('abort', () => resolve(), {once: true});
			});
		};
}

function given<T extends object | string>(answer: T | Problem): T {
	if (typeof answer === 'object' && 'code' in answer && 'cause' in answer) throw new ProblemError(answer);
	// Everything that is no Problem is the answer itself; TypeScript cannot take one union member out of T.
	return answer as T;
}

function notFound(type: ResourceType, name: string): ProblemError {
	return new ProblemError({code: 'not-found', what: `Could not read ${type.plural}/${name}`, cause: 'it does not exist', status: 404});
}
