import {createHash} from 'node:crypto';
import {aggregationOf} from '../aggregated-apis.ts';
import type {DemoCluster} from '../cluster.ts';
import type {JsonObject} from '../json.ts';
import {allVerbs, type DemoKind, type Subresource} from '../kind.ts';
import {apiVersionOf} from '../kind-registry.ts';
import {noSuchResource, StatusError} from '../status-error.ts';
import type {Answer, ApiRequest} from './api-context.ts';
import {negotiateDiscovery} from './media-type.ts';

/** The groups in the order of their first kind, each with its versions. */
function groupsOf(cluster: DemoCluster): ReadonlyMap<string, ReadonlyMap<string, readonly DemoKind[]>> {
	const groups = new Map<string, Map<string, DemoKind[]>>();
	for (const kind of cluster.kinds.all()) {
		if (aggregationOf(cluster, kind.group) === 'absent') continue;
		const versions = groups.get(kind.group) ?? new Map<string, DemoKind[]>();
		groups.set(kind.group, versions);
		versions.set(kind.version, [...(versions.get(kind.version) ?? []), kind]);
	}
	return groups;
}

function aggregatedSubresource(kind: DemoKind, subresource: Subresource): JsonObject {
	const responseKind = {group: subresource.group ?? '', version: subresource.version ?? '', kind: subresource.kind ?? kind.kind};
	return {subresource: subresource.name, responseKind, verbs: subresource.verbs};
}

function aggregatedResource(kind: DemoKind): JsonObject {
	return {
		resource: kind.plural,
		responseKind: {group: kind.group, version: kind.version, kind: kind.kind},
		scope: kind.namespaced ? 'Namespaced' : 'Cluster',
		singularResource: kind.singular,
		verbs: kind.verbs ?? allVerbs,
		...(kind.shortNames === undefined ? {} : {shortNames: kind.shortNames}),
		...(kind.categories === undefined ? {} : {categories: kind.categories}),
		...(kind.subresources === undefined ? {} : {subresources: kind.subresources.map(subresource => aggregatedSubresource(kind, subresource))}),
	};
}

function aggregated(cluster: DemoCluster, isCore: boolean, version: string): JsonObject {
	const items = [...groupsOf(cluster)]
		.filter(([group]) => (group === '') === isCore)
		.map(([group, versions]) => ({
			metadata: {...(group === '' ? {} : {name: group}), creationTimestamp: null},
			versions: [...versions].map(([name, kinds]) => ({
				version: name,
				resources: kinds.map(aggregatedResource),
				freshness: aggregationOf(cluster, group) === 'stale' ? 'Stale' : 'Current',
			})),
		}));
	return {kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${version}`, metadata: {}, items};
}

function groupVersions(group: string, versions: ReadonlyMap<string, unknown>): JsonObject {
	const all = [...versions.keys()].map(version => ({groupVersion: group === '' ? version : `${group}/${version}`, version}));
	return {name: group, versions: all, ...(all[0] === undefined ? {} : {preferredVersion: all[0]})};
}

function legacyRoot(cluster: DemoCluster, isCore: boolean): JsonObject {
	if (isCore) return {kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [{clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1'}]};
	const groups = [...groupsOf(cluster)].filter(([group]) => group !== '').map(([group, versions]) => groupVersions(group, versions));
	return {kind: 'APIGroupList', apiVersion: 'v1', groups};
}

function legacyResources(kinds: readonly DemoKind[], groupVersion: string): JsonObject {
	const resources = kinds.flatMap((kind): readonly JsonObject[] => [
		{
			name: kind.plural,
			singularName: kind.singular,
			namespaced: kind.namespaced,
			kind: kind.kind,
			verbs: kind.verbs ?? allVerbs,
			...(kind.shortNames === undefined ? {} : {shortNames: kind.shortNames}),
			...(kind.categories === undefined ? {} : {categories: kind.categories}),
		},
		...(kind.subresources ?? []).map(({name, verbs, kind: own, group, version}) => ({
			name: `${kind.plural}/${name}`,
			singularName: '',
			namespaced: kind.namespaced,
			kind: own ?? kind.kind,
			...(group === undefined ? {} : {group}),
			...(version === undefined ? {} : {version}),
			verbs,
		})),
	]);
	return {kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources};
}

const offeredVersions = {v2: ['v2', 'v2beta1'], v2beta1: ['v2beta1'], legacy: []} as const;

/** `GET /api` and `/apis`: aggregated with an ETag where the client takes it, 304 when nothing changed; else the legacy lists. */
function rootDocument(cluster: DemoCluster, request: ApiRequest, isCore: boolean): Answer {
	const version = negotiateDiscovery(request.headers.accept, offeredVersions[cluster.settings.discovery]);
	if (version === undefined) return {status: 200, body: JSON.stringify(legacyRoot(cluster, isCore)), headers: {Vary: 'Accept'}};
	const body = JSON.stringify(aggregated(cluster, isCore, version));
	const etag = `"${createHash('sha512').update(body).digest('hex').toUpperCase()}"`;
	const headers = {
		ETag: etag,
		Vary: 'Accept',
		'Cache-Control': 'public',
		'Content-Type': `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
	};
	return request.headers['if-none-match'] === etag ? {status: 304, body: '', headers} : {status: 200, body, headers};
}

/** Every path of discovery; undefined for a path that is none. Throws 404, and 503 for a group whose API service is down. */
export function answerDiscovery(cluster: DemoCluster, request: ApiRequest): Answer | undefined {
	const [root, group, version, ...rest] = request.url.pathname.split('/').filter(segment => segment !== '');
	if ((root !== 'api' && root !== 'apis') || rest.length > 0) return undefined;
	if (group === undefined) return rootDocument(cluster, request, root === 'api');
	const groups = groupsOf(cluster);
	if (root === 'api') return version === undefined && group === 'v1' ? document(legacyResources(groups.get('')?.get('v1') ?? [], 'v1')) : undefined;
	const versions = groups.get(group);
	if (versions === undefined) return {status: 404, body: '404 page not found\n', headers: {'Content-Type': 'text/plain; charset=utf-8'}};
	if (version === undefined) return document({kind: 'APIGroup', apiVersion: 'v1', ...groupVersions(group, versions)});
	if (aggregationOf(cluster, group) === 'stale') throw serviceUnavailable();
	const kinds = versions.get(version);
	if (kinds === undefined) throw noSuchResource();
	return document(legacyResources(kinds, apiVersionOf({group, version})));
}

function document(body: JsonObject): Answer {
	return {status: 200, body: JSON.stringify(body)};
}

/** What the aggregator answers for a group whose API service does not. */
export function serviceUnavailable(): StatusError {
	return new StatusError({code: 503, reason: 'ServiceUnavailable', message: 'service unavailable', details: {}});
}
