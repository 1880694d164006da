import type {Catalogue} from '../core/catalogue.ts';
import type {Selection} from '../core/invocation.ts';
import {proposal} from '../core/proposal.ts';
import type {ResourceType} from '../core/resource-type.ts';

/** A kind to read: all of it, or the object of that name. */
export type Wanted = Readonly<{type: ResourceType; name?: string}>;
export type FoundWanted = Readonly<{ok: true; wanted: readonly Wanted[]}> | Readonly<{ok: false; refusal: string}>;

/** The kinds that the words of the command line mean on this server; a category (`all`) means every kind in it. */
export function findWanted(selection: Selection, catalogue: Catalogue): FoundWanted {
	const wanted: Wanted[] = [];
	for (const target of selection.targets) {
		const types = typesOf(target.kind, catalogue);
		if (types.length === 0) return {ok: false, refusal: `The server has no kind ${target.kind}.${proposal(target.kind, namesOf(catalogue))}`};
		for (const type of types) if (!wanted.some(one => one.type === type && one.name === target.name)) wanted.push({...target, type});
	}
	return {ok: true, wanted};
}

function typesOf(word: string, catalogue: Catalogue): readonly ResourceType[] {
	const types = catalogue.resolve(word);
	const isCategory = types.every(type => type.categories.includes(word.toLowerCase()));
	// Of several groups with the same word kubectl takes the first as well.
	return isCategory ? types : types.slice(0, 1);
}

function namesOf(catalogue: Catalogue): readonly string[] {
	return catalogue.types.flatMap(type => [type.plural, type.singular, ...type.shortNames]);
}

/** The namespace to read a kind in; undefined: all of them, or a kind without. */
export function namespaceOf(type: ResourceType, selection: Pick<Selection, 'allNamespaces'>, contextNamespace: string): string | undefined {
	return type.namespaced && !selection.allNamespaces ? contextNamespace : undefined;
}

/** `There is no pod web in namespace shop.` */
export function missingSentence(wanted: Wanted, namespace: string | undefined): string {
	const kind = wanted.type.singular || wanted.type.kind.toLowerCase();
	return `There is no ${kind} ${wanted.name}${namespace === undefined ? '' : ` in namespace ${namespace}`}.`;
}
