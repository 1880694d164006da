import {ProblemError, problemOf} from '../core/problem.ts';
import type {ResourceType} from '../core/resource-type.ts';
import type {DiscoveredTypes} from './discovery-aggregated.ts';
import {groupVersionOf, lastKnown, markPreferred} from './discovery-model.ts';
import type {KubeTransport} from './kube-transport.ts';

/** `APIVersions` of `/api` and `APIGroupList` of `/apis`: names of versions only. */
export type ServedVersions = Readonly<{
	versions?: readonly string[];
	groups?: ReadonlyArray<
		Readonly<{name?: string; preferredVersion?: Readonly<{version?: string}>; versions?: ReadonlyArray<Readonly<{version?: string}>>}>
	> | null;
}>;

type ServedResource = Readonly<{
	name?: string;
	kind?: string;
	singularName?: string;
	namespaced?: boolean;
	verbs?: readonly string[] | null;
	shortNames?: readonly string[];
	categories?: readonly string[];
}>;

type GroupVersion = Readonly<{group: string; version: string}>;

const atOnce = 8;

/**
 * Kinds from a server without aggregated discovery (before 1.26): one request for each group version. A version that
 * fails keeps its last known kinds and does not spoil the others.
 */
export async function readLegacy(
	transport: KubeTransport,
	served: ServedVersions,
	before: readonly ResourceType[],
	signal: AbortSignal,
): Promise<DiscoveredTypes> {
	const wanted = groupVersions(served);
	const results: DiscoveredTypes[] = wanted.map(() => ({types: [], problems: []}));
	const left = wanted.entries();
	const worker = async () => {
		for (const [index, at] of left) results[index] = await readVersion(transport, at, before, signal);
	};
	await Promise.all(Array.from({length: Math.min(atOnce, wanted.length)}, worker));
	if (signal.aborted) throw new ProblemError({code: 'cancelled', what: 'Could not read the kinds of the cluster', cause: 'it was given up'});
	return {types: markPreferred(results.flatMap(result => result.types)), problems: results.flatMap(result => result.problems)};
}

/** In the server's order of preference. */
function groupVersions(served: ServedVersions): readonly GroupVersion[] {
	const core = (served.versions ?? []).map(version => ({group: '', version}));
	const groups = (served.groups ?? []).flatMap(group => {
		const preferred = group.preferredVersion?.version;
		const names = (group.versions ?? []).flatMap(version => version.version ?? []);
		const ordered = preferred === undefined ? names : [preferred, ...names.filter(name => name !== preferred)];
		return ordered.map(version => ({group: group.name ?? '', version}));
	});
	return [...core, ...groups];
}

async function readVersion(transport: KubeTransport, at: GroupVersion, before: readonly ResourceType[], signal: AbortSignal): Promise<DiscoveredTypes> {
	const groupVersion = groupVersionOf(at.group, at.version);
	try {
		const path = at.group === '' ? `/api/${at.version}` : `/apis/${at.group}/${at.version}`;
		const answer = await transport.request({path, accept: 'application/json', pool: 'short'}, signal);
		// APIResourceList, read field by field.
		const list = JSON.parse(answer.body.toString('utf8')) as Readonly<{resources?: readonly ServedResource[] | null}>;
		return {types: typesOf(list.resources ?? [], at), problems: []};
	} catch (error) {
		return {types: lastKnown(before, at.group, at.version), problems: [[groupVersion, problemOf(error, `Could not read the kinds of ${groupVersion}`)]]};
	}
}

/** Subresources stand beside their resource, as `pods/log`. */
function typesOf(resources: readonly ServedResource[], at: GroupVersion): readonly ResourceType[] {
	return resources.flatMap(resource => {
		const {name, kind, verbs} = resource;
		if (name === undefined || name.includes('/') || !kind || verbs == null || verbs.length === 0) return [];
		const subresources = resources.flatMap(other => (other.name?.startsWith(`${name}/`) === true ? other.name.slice(name.length + 1) : []));
		return [
			{
				...at,
				plural: name,
				kind,
				singular: resource.singularName || kind.toLowerCase(),
				namespaced: resource.namespaced === true,
				verbs,
				shortNames: resource.shortNames ?? [],
				categories: resource.categories ?? [],
				subresources,
				preferred: false,
				state: 'current',
			},
		];
	});
}
