import type {ItemDetail, Scope} from '../core/feed.ts';
import {collectionPath} from '../core/resource-type.ts';
import type {KubeRequest} from './kube-transport.ts';

/** As kubectl asks: a Table, of the older version, or the plain list where a server can print none. */
export const tableAccept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';
/** For servers that answer 406 to the above. */
export const plainAccept = 'application/json';

/** A whole list by pages may take longer than a single object; without a limit it is one long answer. */
const pageTimeoutMs = 30_000;
const wholeTimeoutMs = 120_000;

export type PageQuery = Readonly<{accept: string; limit?: number; continueToken?: string}>;

const includeObject: Readonly<Record<ItemDetail, string>> = {cells: 'None', metadata: 'Metadata', object: 'Object'};

function selection(scope: Scope) {
	return {
		includeObject: includeObject[scope.mode],
		labelSelector: scope.labelSelector,
		fieldSelector: scope.fieldSelector,
	};
}

/** One page of a list. Never with resourceVersion=0: the watch cache would then ignore the limit (kube-api.md 3.4). */
export function pageRequest(scope: Scope, query: PageQuery): KubeRequest {
	return {
		path: collectionPath(scope.type, scope.namespace),
		query: {...selection(scope), limit: query.limit?.toString(), continue: query.continueToken},
		accept: query.accept,
		// The first page is what somebody waits for; the others may queue behind it.
		pool: query.continueToken === undefined ? 'short' : 'bulk',
		timeoutMs: query.limit === undefined ? wholeTimeoutMs : pageTimeoutMs,
		// Its Status holds the token for the rest of the list.
		allowStatus: [410],
	};
}

/** A watch of the same rows from a resourceVersion on. */
export function watchRequest(
	scope: Scope,
	accept: string,
	watch: Readonly<{resourceVersion: string; timeoutMs: number}>,
): Pick<KubeRequest, 'path' | 'query' | 'accept'> {
	return {
		path: collectionPath(scope.type, scope.namespace),
		query: {
			...selection(scope),
			watch: '1',
			resourceVersion: watch.resourceVersion,
			allowWatchBookmarks: 'true',
			timeoutSeconds: Math.round(watch.timeoutMs / 1000).toString(),
		},
		accept,
	};
}
