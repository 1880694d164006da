import type {Catalogue} from './catalogue.ts';
import type {Discovery} from './cluster-client.ts';
import {genericKind} from './generic-kind.ts';
import {resolveKind} from './kind-resolution.ts';
import type {ResourceKind} from './resource-kind.ts';
import {apiVersionOf, qualifiedName, type ResourceType} from './resource-type.ts';

/** What a record of ours says of its kind before the server was asked. */
function typeOf(kind: ResourceKind): ResourceType {
	const [group, version] = kind.apiVersion.includes('/') ? kind.apiVersion.split('/') : ['', kind.apiVersion];
	return {
		group: group ?? '',
		version: version ?? '',
		plural: kind.plural,
		kind: kind.kind,
		singular: kind.kind.toLowerCase(),
		namespaced: kind.scope === 'namespaced',
		verbs: ['get', 'list', 'watch'],
		shortNames: kind.aliases,
		categories: [],
		subresources: [],
		preferred: true,
		state: 'current',
	};
}

/**
 * The kinds of a cluster. Before discovery has answered: those of our own records, so that the first table can open at once.
 * A record fits any version of its group and plural; aliases of records count after the server's own names.
 */
export function makeCatalogue(kinds: readonly ResourceKind[], discovery: Discovery | undefined): Catalogue {
	const types = discovery === undefined ? kinds.map(typeOf) : discovery.types.filter(type => type.verbs.includes('list'));
	const records = new Map(kinds.map(kind => [qualifiedName(typeOf(kind)), kind]));
	const preferred = new Map<string, ResourceType>();
	const byObject = new Map<string, ResourceType>();
	for (const type of types) {
		const name = qualifiedName(type);
		if (type.preferred || !preferred.has(name)) preferred.set(name, type);
		byObject.set(`${apiVersionOf(type)}|${type.kind}`, type);
	}
	const aliased = (word: string): readonly ResourceType[] =>
		kinds.filter(kind => kind.aliases.includes(word.toLowerCase())).flatMap(kind => preferred.get(qualifiedName(typeOf(kind))) ?? []);
	return {
		types,
		resolve: word => {
			const found = resolveKind(word, types);
			return found.length > 0 ? found : aliased(word);
		},
		find: name => preferred.get(name),
		ofObject: (apiVersion, kind) =>
			byObject.get(`${apiVersion}|${kind}`) ?? [...preferred.values()].find(type => type.kind === kind && type.group === groupOf(apiVersion)),
		kindOf: (type, serverColumns) => records.get(qualifiedName(type)) ?? genericKind(type, serverColumns),
	};
}

function groupOf(apiVersion: string): string {
	return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}
