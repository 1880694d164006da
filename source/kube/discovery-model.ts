import type {Problem} from '../core/problem.ts';
import type {ResourceType} from '../core/resource-type.ts';

/** What one of the two roots (`/api`, `/apis`) said last. Stored on disk as it is: JSON only. */
export type DiscoveryRoot = Readonly<{
	/** For If-None-Match; absent where the server sends none. */
	etag?: string;
	types: readonly ResourceType[];
	/** Group/version -> why it cannot be read. */
	problems: ReadonlyArray<readonly [string, Problem]>;
}>;

export type DiscoveryRoots = Readonly<{core: DiscoveryRoot; groups: DiscoveryRoot}>;

/** `v1`, `apps/v1`: how problems name a group version. */
export function groupVersionOf(group: string, version: string): string {
	return group === '' ? version : `${group}/${version}`;
}

/** The last known shape of a group version whose API service does not answer. */
export function lastKnown(before: readonly ResourceType[], group: string, version: string): readonly ResourceType[] {
	return before.filter(type => type.group === group && type.version === version).map(type => ({...type, state: 'stale'}));
}

export function staleProblem(groupVersion: string, cause: string): Problem {
	return {
		code: 'server',
		what: `Could not read the kinds of ${groupVersion}`,
		cause,
		remedy: `Look at the APIService of ${groupVersion}: its server does not answer.`,
	};
}

/**
 * Marks each resource with the version the server prefers: the first of its group, in the server's order, that has it
 * and can list it (client-go ServerPreferredResources).
 */
export function markPreferred(types: readonly ResourceType[]): readonly ResourceType[] {
	const chosen = new Map<string, ResourceType>();
	for (const type of types) {
		const key = `${type.group}/${type.plural}`;
		const other = chosen.get(key);
		if (other === undefined || (!other.verbs.includes('list') && type.verbs.includes('list'))) chosen.set(key, type);
	}
	return types.map(type => ({...type, preferred: chosen.get(`${type.group}/${type.plural}`) === type}));
}
