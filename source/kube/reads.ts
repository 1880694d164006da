import type {ClusterClient} from '../core/cluster-client.ts';
import type {Item, KubeObject} from '../core/kubernetes.ts';
import {createIntern} from '../core/intern.ts';
import {ProblemError} from '../core/problem.ts';
import {collectionPath, type ResourceType} from '../core/resource-type.ts';
import {describeRequest} from './api-path.ts';
import type {KubeTransport} from './kube-transport.ts';
import {acceptTable, listPages} from './list-pages.ts';
import {plainAccept, tableAccept} from './list-request.ts';
import {createTableDecoder} from './table.ts';
import {tlsSecretFacts} from './tls-secret.ts';

/** As kubectl asks for lists. */
const pageSize = '500';
/** Parsed in some 20 ms, whole pods as they are. */
const smallPage = '250';

export type Reads = Readonly<{
	asked: Pick<ClusterClient, 'get' | 'list' | 'pages' | 'table' | 'text' | 'tlsSecret' | 'version'>;
	/** The namespaces to try where a cluster-wide list is denied, the context's own first; never rejects. */
	namespaceNames(own: string, signal: AbortSignal): Promise<readonly string[]>;
}>;

/** What is asked once: single objects, whole lists, Tables, texts. Everything rejects with a ProblemError. */
export function createReads(transport: KubeTransport): Reads {
	const json = async (path: string, query: Readonly<Record<string, string | undefined>>, signal: AbortSignal): Promise<unknown> => {
		const {body} = await transport.request({path, query, accept: plainAccept, pool: query['limit'] === undefined ? 'short' : 'bulk'}, signal);
		return parsed(body, path);
	};
	const pagesOf = async function* (limit: string, ...[type, options, signal]: Parameters<ClusterClient['list']>): AsyncGenerator<readonly KubeObject[], void> {
		let token: string | undefined;
		do {
			const page = listShape(
				await json(
					collectionPath(type, options.namespace),
					{limit, continue: token, labelSelector: options.labelSelector, fieldSelector: options.fieldSelector},
					signal,
				),
			);
			// Items of a list carry neither apiVersion nor kind; they are those of the list without its "List".
			yield (page.items ?? []).map(item => ({...item, apiVersion: item.apiVersion ?? page.apiVersion ?? '', kind: item.kind ?? type.kind}));
			token = page.metadata?.continue === '' ? undefined : page.metadata?.continue;
		} while (token !== undefined);
	};
	const list: ClusterClient['list'] = async (type, options, signal) => {
		const objects: KubeObject[] = [];
		for await (const page of pagesOf(pageSize, type, options, signal)) for (const object of page) objects.push(object);
		return objects;
	};
	return {
		asked: {
			get: async (type, namespace, name, options, signal) => {
				const object = objectShape(await json(objectPath(type, namespace, name), {}, signal));
				return options.managedFields ? object : withoutManagedFields(object);
			},
			list,
			pages: (type, options, signal) => pagesOf(smallPage, type, options, signal),
			table: (type, options, signal) => readTable(transport, type, options, signal),
			tlsSecret: async (namespace, name, signal) =>
				tlsSecretFacts(objectShape(await json(`/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(name)}`, {}, signal))),
			text: async (path, signal) => {
				const answer = await transport.request(
					{path: path.split('?')[0] ?? path, query: queryOf(path), accept: 'text/plain, */*', allowStatus: [500, 503]},
					signal,
				);
				return {status: answer.status, body: answer.body.toString('utf8')};
			},
			version: async signal => versionShape(await json('/version', {}, signal)).gitVersion ?? 'unknown',
		},
		namespaceNames: async (own, signal) => {
			const type: ResourceType = {
				group: '',
				version: 'v1',
				plural: 'namespaces',
				kind: 'Namespace',
				singular: 'namespace',
				namespaced: false,
				verbs: ['list'],
				shortNames: [],
				categories: [],
				subresources: [],
				preferred: true,
				state: 'current',
			};
			const found = await list(type, {}, signal).then(
				namespaces => namespaces.map(({metadata}) => metadata.name),
				() => [],
			);
			return [own, ...found.filter(name => name !== own)];
		},
	};
}

function objectPath(type: ResourceType, namespace: string | undefined, name: string): string {
	return `${collectionPath(type, namespace)}/${encodeURIComponent(name)}`;
}

async function readTable(
	transport: KubeTransport,
	type: ResourceType,
	options: Parameters<ClusterClient['table']>[1],
	signal: AbortSignal,
): ReturnType<ClusterClient['table']> {
	const {name, namespace, mode = 'metadata'} = options;
	const decoder = createTableDecoder({type, mode, intern: createIntern(), ...(namespace === undefined ? {} : {namespace})});
	const items: Item[] = [];
	const take = (page: ReturnType<typeof decoder.page>): void => {
		for (let index = 0; index < page.size; index++) {
			const item = page.item(index);
			if (item) items.push(item);
		}
	};
	if (name === undefined) {
		const {name: _name, mode: _mode, ...scope} = options;
		const pages = listPages(
			{transport, decoder, scope: {...scope, type, mode}, accept: acceptTable(), whole: false, recover: error => Promise.reject(error)},
			signal,
		);
		for await (const page of pages) take(page);
	} else {
		const {body} = await transport.request(
			{path: objectPath(type, namespace, name), query: {includeObject: mode === 'object' ? 'Object' : 'Metadata'}, accept: tableAccept},
			signal,
		);
		take(decoder.page(body));
	}
	return {columns: decoder.columns()?.columns ?? [], items};
}

function parsed(body: Buffer, path: string): unknown {
	try {
		return JSON.parse(body.toString('utf8'));
	} catch (error) {
		throw new ProblemError(
			{
				code: 'protocol',
				what: describeRequest('GET', path),
				cause: 'the answer is no JSON',
				remedy: 'What answers may be a proxy or a login page and no API server.',
				serverMessage: body.toString('utf8', 0, 200),
			},
			{cause: error},
		);
	}
}

function queryOf(path: string): Readonly<Record<string, string>> {
	const [, query = ''] = path.split('?');
	return Object.fromEntries(new URLSearchParams(query));
}

type ServedList = Readonly<{
	apiVersion?: string;
	metadata?: Readonly<{continue?: string}>;
	items?: ReadonlyArray<KubeObject & Partial<Pick<KubeObject, 'apiVersion' | 'kind'>>>;
}>;

// Bytes get their type here: the shapes are those of the Kubernetes API conventions; every field is read as optional.
const listShape = (value: unknown): ServedList => value as ServedList;
const objectShape = (value: unknown): KubeObject => value as KubeObject;
const versionShape = (value: unknown): Readonly<{gitVersion?: string}> => value as Readonly<{gitVersion?: string}>;

function withoutManagedFields(object: KubeObject): KubeObject {
	const metadata: Record<string, unknown> = {...object.metadata};
	delete metadata['managedFields'];
	// Only a field the type does not know was taken away.
	return {...object, metadata: metadata as KubeObject['metadata']};
}
