import {fieldAt, fieldsOf, textAt} from '../../core/field.ts';
import {span} from '../../core/line.ts';
import {maskSecret} from '../../core/mask-secret.ts';
import {plural} from '../../core/text.ts';
import {fact, type Summarize} from './summary.ts';
import {tableBlock} from './table-block.ts';

/** Of a ConfigMap or Secret: its keys and how large each value is; never a value. */
export const summarizeData: Summarize = ({object, setting}) => {
	const entries = object.kind === 'Secret' ? secretSizes(object) : configSizes(object);
	const rows = entries.map(([key, size]) => ({id: `key:${key}`, copy: key, cells: [span(key), span(size)]}));
	return {
		facts: [
			...fact('Type', textAt(object, 'type')),
			...fact('Keys', plural(entries.length, 'key')),
			...fact('Immutable', textAt(object, 'immutable') === 'true' ? 'yes' : undefined),
		],
		blocks: tableBlock([{title: 'KEY', min: 10, cut: 'middle'}, {title: 'VALUE'}], rows, setting),
	};
};

function secretSizes(object: Parameters<Summarize>[0]['object']): ReadonlyArray<readonly [string, string]> {
	return Object.entries(fieldsOf(fieldAt(maskSecret(object, []), 'data'))).map(([key, masked]) => [key, String(masked)]);
}

function configSizes(object: unknown): ReadonlyArray<readonly [string, string]> {
	const text = Object.entries(fieldsOf(fieldAt(object, 'data'))).map(([key, value]) => {
		const lines = String(value).trimEnd().split('\n').length;
		return [key, `${plural(String(value).length, 'char')}, ${plural(lines, 'line')}`] as const;
	});
	const binary = Object.keys(fieldsOf(fieldAt(object, 'binaryData'))).map(key => [key, 'binary'] as const);
	return [...text, ...binary];
}
