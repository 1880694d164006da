import {type Json, listAt, recordAt, recordsAt, textAt, textsAt} from '../json.ts';

/** `app=web,tier=front` in the order of the keys, as k8s.io/apimachinery labels.FormatLabels. */
export function labelsText(labels: Readonly<Record<string, string>>): string {
	const pairs = Object.keys(labels).sort();
	return pairs.length === 0 ? '<none>' : pairs.map(key => `${key}=${labels[key] ?? ''}`).join(',');
}

function expressionText(expression: Json): string {
	const key = textAt(expression, 'key');
	const values = listAt(expression, 'values').map(String).sort().join(',');
	switch (textAt(expression, 'operator')) {
		case 'In':
			return `${key} in (${values})`;
		case 'NotIn':
			return `${key} notin (${values})`;
		case 'Exists':
			return key;
		default:
			return `!${key}`;
	}
}

/** A LabelSelector as text, '' when it selects all; requirements in the order of their keys. */
export function selectorText(selector: Json | undefined): string {
	const equal = Object.entries(textsAt(selector, 'matchLabels')).map(([key, value]) => ({key, text: `${key}=${value}`}));
	const others = recordsAt(selector, 'matchExpressions').map(expression => ({key: textAt(expression, 'key'), text: expressionText(expression)}));
	return [...equal, ...others]
		.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
		.map(({text}) => text)
		.join(',');
}

/** Text that a printer replaces when it is empty. */
export function orElse(text: string, otherwise: string): string {
	return text === '' ? otherwise : text;
}

/** Names and images of the containers of a pod spec, as the two wide cells of every workload. */
export function containerCells(podSpec: Json | undefined): readonly [string, string] {
	const containers = recordsAt(podSpec, 'containers');
	return [containers.map(container => textAt(container, 'name')).join(','), containers.map(container => textAt(container, 'image')).join(',')];
}

/** The first three entries and how many follow. */
export function firstThree(entries: readonly string[], total = entries.length): string {
	const shown = entries.slice(0, 3).join(',');
	return entries.length > 3 ? `${shown} + ${total - 3} more...` : shown;
}

/** RWO,ROX,RWX,RWOP in this order, as storage helpers print access modes. */
export function accessModesText(modes: readonly Json[]): string {
	const short = {ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP'};
	return Object.entries(short)
		.filter(([mode]) => modes.includes(mode))
		.map(([, text]) => text)
		.join(',');
}

/** The number of entries of a record. */
export function sizeAt(value: Json | undefined, ...path: readonly string[]): number {
	return Object.keys(recordAt(value, ...path)).length;
}

/** `Kind/name` of a reference. */
export function referenceText(reference: Json | undefined): string {
	return `${textAt(reference, 'kind')}/${textAt(reference, 'name')}`;
}
