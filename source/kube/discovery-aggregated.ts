import type {Problem} from '../core/problem.ts';
import type {ResourceType} from '../core/resource-type.ts';
import {groupVersionOf, lastKnown, markPreferred, staleProblem} from './discovery-model.ts';

type ServedResource = Readonly<{
	resource?: string;
	responseKind?: Readonly<{kind?: string}> | null;
	scope?: string;
	singularResource?: string;
	verbs?: readonly string[];
	shortNames?: readonly string[];
	categories?: readonly string[];
	subresources?: ReadonlyArray<Readonly<{subresource?: string}>>;
}>;
type ServedVersion = Readonly<{version?: string; freshness?: string; resources?: readonly ServedResource[] | null}>;

/** `APIGroupDiscoveryList`, v2 and v2beta1: the same shape. */
export type ServedGroupList = Readonly<{items?: ReadonlyArray<Readonly<{metadata?: Readonly<{name?: string}>; versions?: readonly ServedVersion[]}>> | null}>;

export type DiscoveredTypes = Readonly<{types: readonly ResourceType[]; problems: ReadonlyArray<readonly [string, Problem]>}>;

/** Kinds of an aggregated answer; a stale version without resources gets the ones known `before`. */
export function readAggregated(served: ServedGroupList, before: readonly ResourceType[]): DiscoveredTypes {
	const problems: [string, Problem][] = [];
	const types = (served.items ?? []).flatMap(item => {
		const group = item.metadata?.name ?? '';
		return (item.versions ?? []).flatMap(version => {
			const name = version.version ?? '';
			const isStale = version.freshness === 'Stale';
			const found = (version.resources ?? []).flatMap(resource => typeOf(resource, {group, version: name, isStale}));
			if (!isStale) return found;
			const groupVersion = groupVersionOf(group, name);
			problems.push([groupVersion, staleProblem(groupVersion, 'the server has only its last known shape')]);
			return found.length > 0 ? found : lastKnown(before, group, name);
		});
	});
	return {types: markPreferred(types), problems};
}

function typeOf(served: ServedResource, at: Readonly<{group: string; version: string; isStale: boolean}>): readonly ResourceType[] {
	// A resource that only stands for its subresources has no kind of its own and nothing to list.
	const kind = served.responseKind?.kind;
	if (served.resource === undefined || kind === undefined || kind === '' || served.verbs === undefined || served.verbs.length === 0) return [];
	return [
		{
			group: at.group,
			version: at.version,
			plural: served.resource,
			kind,
			singular: served.singularResource || kind.toLowerCase(),
			namespaced: served.scope === 'Namespaced',
			verbs: served.verbs,
			shortNames: served.shortNames ?? [],
			categories: served.categories ?? [],
			subresources: (served.subresources ?? []).flatMap(subresource => subresource.subresource ?? []),
			preferred: false,
			state: at.isStale ? 'stale' : 'current',
		},
	];
}
