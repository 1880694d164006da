import {fieldsOf} from '../../core/field.ts';
import {span} from '../../core/line.ts';
import {plural} from '../../core/text.ts';
import {still} from '../fit.ts';
import type {Summarize} from './summary.ts';
import {type BlockRow, tableBlock} from './table-block.ts';

/** Fields that every object has, or that have a block of their own; values of Secrets are never scalars here. */
const elsewhere = new Set(['apiVersion', 'kind', 'metadata', 'conditions', 'observedGeneration', 'data', 'stringData', 'binaryData']);
const deepest = 3;
const most = 40;

/** Of any other kind, custom ones included: its plain values, spec before status. Lists are counted. */
export const summarizeAnything: Summarize = ({object, setting}) => {
	const values = plainValues(object, '', 0);
	const rows = values.slice(0, most).map(([path, value]): BlockRow => ({id: `field:${path}`, copy: value, cells: [span(path, 'muted'), span(value)]}));
	const rest = values.length - rows.length;
	return {
		blocks: [
			...tableBlock(
				[
					{title: 'FIELD', min: 12, cut: 'front'},
					{title: 'VALUE', min: 8},
				],
				rows,
				setting,
			),
			...(rest > 0 ? [{lines: [still(span(`  ${plural(rest, 'more field')}: 2 shows all as YAML`, 'muted'))]}] : []),
		],
	};
};

function plainValues(value: unknown, path: string, depth: number): ReadonlyArray<readonly [string, string]> {
	return Object.entries(fieldsOf(value)).flatMap(([key, inner]): ReadonlyArray<readonly [string, string]> => {
		if (elsewhere.has(key)) return [];
		const here = path === '' ? key : `${path}.${key}`;
		if (Array.isArray(inner)) return [[here, listText(inner)]];
		if (typeof inner !== 'object' || inner === null) return [[here, String(inner)]];
		return depth + 1 >= deepest ? [[here, plural(Object.keys(inner).length, 'field')]] : plainValues(inner, here, depth + 1);
	});
}

function listText(values: readonly unknown[]): string {
	const plain = values.every(value => typeof value !== 'object');
	return plain && values.length <= 4 ? values.join(', ') : plural(values.length, 'entry', 'entries');
}
