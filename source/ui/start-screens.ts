import type {Catalogue} from '../core/catalogue.ts';
import type {Selection} from '../core/invocation.ts';
import {apiVersionOf, qualifiedName} from '../core/resource-type.ts';
import type {Screen} from '../core/screen.ts';
import {namespaceFor, objectScreen, tableScreen} from '../core/targets.ts';

const pages: Readonly<Record<string, Screen>> = {
	contexts: {type: 'contexts', top: 0},
	ctx: {type: 'contexts', top: 0},
	calls: {type: 'calls', top: 0},
	api: {type: 'calls', top: 0},
	help: {type: 'help', about: 'overview', filter: '', top: 0},
	aliases: {type: 'aliases', top: 0},
	notices: {type: 'notices', top: 0},
	overview: {type: 'overview', top: 0},
};

/** The screens over the Overview for the view named on the command line; `later`: the word may be a kind that discovery has not told of yet. */
export function startScreens(selection: Selection, catalogue: Catalogue, namespace: string | undefined, discovered: boolean): readonly Screen[] | 'later' {
	const [target] = selection.targets;
	if (!target) return [];
	const page = pages[target.kind];
	if (page) return page.type === 'overview' ? [] : [page];
	const [type] = catalogue.resolve(target.kind);
	if (!type) return discovered ? [] : 'later';
	const kind = qualifiedName(type);
	if (target.name !== undefined)
		return [objectScreen(kind, {apiVersion: apiVersionOf(type), kind: type.kind, name: target.name, ...namespaceFor(type, namespace)})];
	return [
		tableScreen(kind, {
			...namespaceFor(type, selection.allNamespaces ? undefined : namespace),
			...(selection.labelSelector === undefined ? {} : {labelSelector: selection.labelSelector}),
			...(selection.fieldSelector === undefined ? {} : {fieldSelector: selection.fieldSelector}),
			...(selection.filter === undefined ? {} : {filter: selection.filter}),
			...(selection.sort === undefined ? {} : {sort: selection.sort}),
		}),
	];
}
