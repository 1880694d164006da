import {parseHumanDuration} from '../core/age.ts';
import type {Catalogue} from '../core/catalogue.ts';
import type {LogsWish, ViewWish} from '../core/invocation.ts';
import {levelOfWord} from '../core/logs/levels.ts';
import type {LogFilter} from '../core/logs/logs-screen.ts';
import {logsScreen, logTargetOf} from '../core/logs/logs-start.ts';
import {logRanges} from '../core/logs/logs-model.ts';
import type {LogTarget} from '../core/logs/log-target.ts';
import {apiVersionOf, qualifiedName} from '../core/resource-type.ts';
import type {Screen} from '../core/screen.ts';

import {namespaceFor} from '../core/targets.ts';

export type StartPlace = Readonly<{
	catalogue: Catalogue;
	/** undefined: all namespaces. */
	namespace: string | undefined;
	/** Server time, ms since the epoch. */
	now: number;
	/** Discovery has answered: a kind that is not in the catalogue is not there. */
	discovered: boolean;
}>;

/** The screen over the Overview for `k8tui logs`; `later`: its kind may be one that discovery has not told of yet. */
export function logsView({logs: wish}: Extract<ViewWish, {logs: LogsWish}>, place: StartPlace): readonly Screen[] | 'later' {
	const target = targetOf(wish, place);
	if (target === undefined || target === 'later') return target ?? [];
	const range = wish.sinceMs === undefined ? undefined : logRanges.find(name => parseHumanDuration(name) === wish.sinceMs);
	return [
		logsScreen(target, {
			previous: wish.previous,
			filters: filtersOf(wish),
			...(wish.container === undefined || target.type === 'node' ? {} : {container: wish.container}),
			...(range === undefined ? {} : {range}),
			...(wish.sinceMs === undefined || range !== undefined ? {} : {fromTime: place.now - wish.sinceMs}),
		}),
	];
}

function targetOf(wish: LogsWish, {catalogue, namespace, discovered}: StartPlace): LogTarget | 'later' | undefined {
	if (wish.labelSelector !== undefined)
		return {type: 'selector', labelSelector: wish.labelSelector, ...(namespace === undefined || wish.allNamespaces ? {} : {namespace})};
	const {kind = '', name = ''} = wish.target ?? {};
	const [type] = catalogue.resolve(kind);
	if (!type) return discovered ? undefined : 'later';
	const target = logTargetOf(qualifiedName(type), {apiVersion: apiVersionOf(type), kind: type.kind, name, ...namespaceFor(type, namespace)});
	// A kind without logs is told like one that is not there: once discovery has had its say.
	if (target === undefined) return discovered ? undefined : 'later';
	// `-c` of a node names its service.
	return target.type === 'node' && wish.container !== undefined ? {...target, service: wish.container} : target;
}

/** Of several expressions one is enough; one alone can be typed as well. */
function includeFilter(patterns: readonly string[]): readonly LogFilter[] {
	const [pattern] = patterns;
	if (pattern === undefined) return [];
	return [patterns.length === 1 ? {type: 'include', pattern, regex: true} : {type: 'include-any', patterns}];
}

function filtersOf(wish: LogsWish): readonly LogFilter[] {
	const least = wish.level === undefined ? undefined : levelOfWord(wish.level);
	return [
		...includeFilter(wish.include),
		...wish.exclude.map((pattern): LogFilter => ({type: 'exclude', pattern, regex: true})),
		...(least === undefined ? [] : [{type: 'level', least} as const]),
	];
}
