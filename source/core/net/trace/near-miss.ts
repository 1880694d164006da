import {nearest} from '../../nearest.ts';
import type {NetPod} from '../net-objects.ts';

/** The label of a selector that keeps pods out, and what they have instead. */
export type SelectorMiss = Readonly<{
	label: string;
	wanted: string;
	/** What most of those pods have; undefined: they lack the label. */
	has: string | undefined;
	/** Match every other label of the selector. */
	pods: readonly NetPod[];
}>;

/**
 * The label whose removal lets the selector match, or whose value is one typing mistake away (`app=promos`, pods: `app=promo`);
 * of several the one that the most pods stand behind. A selector of one label is only told by a near value.
 */
export function selectorMiss(selector: Readonly<Record<string, string>>, pods: readonly NetPod[]): SelectorMiss | undefined {
	const labels = Object.entries(selector);
	const misses = labels.flatMap(([label, wanted]): readonly SelectorMiss[] => {
		const others = labels.filter(([key]) => key !== label);
		const rest = pods.filter(({metadata}) => others.every(([key, value]) => metadata.labels?.[key] === value));
		const values = rest.flatMap(({metadata}) => metadata.labels?.[label] ?? []);
		const near = nearest(wanted, new Set(values)) ?? (others.length > 0 ? commonest(values) : undefined);
		const behind = near === undefined ? (others.length > 0 ? rest : []) : rest.filter(({metadata}) => metadata.labels?.[label] === near);
		return behind.length === 0 ? [] : [{label, wanted, has: near, pods: behind}];
	});
	return misses.toSorted((a, b) => b.pods.length - a.pods.length)[0] ?? keyMiss(selector, pods);
}

/** The right value under another key: `name=web` where the pods say `app=web`. */
function keyMiss(selector: Readonly<Record<string, string>>, pods: readonly NetPod[]): SelectorMiss | undefined {
	const [[label, wanted] = ['', ''], ...more] = Object.entries(selector);
	if (more.length > 0) return undefined;
	const behind = pods.filter(({metadata}) => Object.values(metadata.labels ?? {}).includes(wanted));
	return behind.length === 0 ? undefined : {label, wanted, has: undefined, pods: behind};
}

function commonest(values: readonly string[]): string | undefined {
	const counts = Map.groupBy(values, value => value);
	return [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

/** The key under which a pod has the value: `app`. */
export function keyOfValue({metadata}: NetPod, value: string): string | undefined {
	return Object.entries(metadata.labels ?? {}).find(([, has]) => has === value)?.[0];
}

/** Names a reader may have meant: the same name in other namespaces first, then those one mistake away. */
export function nearNames(name: string, namespace: string, all: ReadonlyArray<Readonly<{namespace: string; name: string}>>): readonly string[] {
	const elsewhere = all.filter(one => one.name === name).map(one => `${one.name}.${one.namespace}`);
	const here = nearest(
		name,
		all.filter(one => one.namespace === namespace).map(one => one.name),
	);
	const anywhere = elsewhere.length > 0 || here !== undefined ? undefined : nearest(name, new Set(all.map(one => one.name)));
	const found = anywhere === undefined ? undefined : all.find(one => one.name === anywhere);
	return [...elsewhere.slice(0, 3), ...(here === undefined ? [] : [`${here}.${namespace}`]), ...(found ? [`${found.name}.${found.namespace}`] : [])];
}
