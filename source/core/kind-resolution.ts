import {qualifiedName, type ResourceType} from './resource-type.ts';

/**
 * The kinds a word means, the most likely one first; several mean that the word is ambiguous, none that it is unknown.
 * Tried in this order, the first step that finds something wins: resource.version.group, resource.group, plural,
 * singular, kind, short name, category. A short name comes after every real name, so that `po` never falls to a CRD's.
 * A category answers with all its members.
 */
export function resolveKind(word: string, types: readonly ResourceType[]): readonly ResourceType[] {
	const wanted = word.trim().toLowerCase();
	if (wanted === '') return [];
	const known = types.filter(type => type.verbs.includes('list') && type.state !== 'gone');
	for (const names of steps) {
		const found = known.filter(type => names(type).some(name => name.toLowerCase() === wanted));
		if (found.length > 0) return onePerKind(found, names === exactly).toSorted(byPriority);
	}
	return [];
}

const exactly = (type: ResourceType) => [type.group === '' ? `${type.plural}.${type.version}` : `${type.plural}.${type.version}.${type.group}`];

const steps: ReadonlyArray<(type: ResourceType) => readonly string[]> = [
	exactly,
	// Without a group it is a plain plural, which other groups may have as well.
	type => (type.group === '' ? [] : [qualifiedName(type)]),
	type => [type.plural],
	type => [type.singular],
	type => [type.kind],
	type => type.shortNames,
	type => type.categories,
];

/** Unless a version was named, a kind counts once: with the version the server prefers. */
function onePerKind(types: readonly ResourceType[], isExact: boolean): readonly ResourceType[] {
	if (isExact) return types;
	const chosen = new Map<string, ResourceType>();
	for (const type of types) {
		const name = qualifiedName(type);
		const other = chosen.get(name);
		if (other === undefined || (type.preferred && !other.preferred)) chosen.set(name, type);
	}
	return [...chosen.values()];
}

/** Core, apps, batch, Kubernetes' other groups, then those of CRDs; groups of one rank by the alphabet. */
function byPriority(a: ResourceType, b: ResourceType): number {
	return rank(a.group) - rank(b.group) || compareText(a.group, b.group) || compareText(a.plural, b.plural);
}

function rank(group: string): number {
	const first = ['', 'apps', 'batch'].indexOf(group);
	if (first !== -1) return first;
	// The groups of Kubernetes itself that are older than the k8s.io suffix have no dot at all.
	return group.endsWith('.k8s.io') || !group.includes('.') ? 3 : 4;
}

function compareText(a: string, b: string): number {
	return a === b ? 0 : a < b ? -1 : 1;
}
