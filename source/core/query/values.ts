import {parseHumanDuration} from '../age.ts';
import {parseQuantity} from '../quantity.ts';
import type {QueryColumn, QueryError, ValueReadings, ValueType} from './query.ts';

/** The type of columns that are the same in every kind, for when no row has told yet. */
const knownTypes: Readonly<Record<string, ValueType>> = {
	age: 'age',
	restarts: 'count',
	ready: 'ratio',
	cpu: 'millicores',
	mem: 'bytes',
	memory: 'bytes',
	'cpu/r': 'percent',
	'cpu/l': 'percent',
	'mem/r': 'percent',
	'mem/l': 'percent',
	duration: 'duration',
};

/** What a column holds: as told, else by its id. undefined: it can be anything. */
export function valueTypeOf(column: QueryColumn): ValueType | undefined {
	return column.type ?? knownTypes[column.id] ?? (/%/.test(column.id) ? 'percent' : undefined);
}

/** The numbers a value can stand for: `500m` as a quantity, `5m` as minutes too, `1/2` as a share, `80%`. */
export function readValue(text: string): ValueReadings {
	const number = /^[+-]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)%?$/.test(text) ? Number(text.replace(/[,%]/g, '')) : undefined;
	const quantity = parseQuantity(text);
	const durationMs = parseHumanDuration(text);
	const share = /^(\d+)\/(\d+)$/.exec(text);
	const ratio = share === null ? number : Number(share[2]) === 0 ? 1 : Number(share[1]) / Number(share[2]);
	return {
		...(number === undefined ? {} : {number}),
		...(quantity === undefined ? {} : {quantity}),
		...(durationMs === undefined ? {} : {durationMs}),
		...(ratio === undefined ? {} : {ratio}),
	};
}

/** The value's reading for a type: millicores, bytes, ms, a share or a plain number; undefined: it is not one. */
export function readingFor(readings: ValueReadings, type: Exclude<ValueType, 'text'>): number | undefined {
	switch (type) {
		case 'millicores':
			return readings.quantity === undefined ? undefined : readings.quantity * 1000;
		case 'bytes':
			return readings.quantity;
		case 'age':
		case 'duration':
			return readings.durationMs;
		case 'ratio':
			return readings.ratio;
		default:
			return readings.number;
	}
}

const typeWords: Readonly<Record<Exclude<ValueType, 'text'>, string>> = {
	millicores: 'a CPU quantity',
	bytes: 'a memory quantity',
	age: 'a duration',
	duration: 'a duration',
	ratio: 'a ratio',
	count: 'a number',
	percent: 'a percentage',
};

/** The error of a value that is not of its column's type: `500x is not a CPU quantity. Try 500m or 0.5`. */
export function valueError(value: string, type: Exclude<ValueType, 'text'>, from: number): QueryError {
	const tries = proposals(value, type);
	const message = value === '' ? `A value is missing: ${typeWords[type]}` : `${value} is not ${typeWords[type]}`;
	return {from, to: from + value.length, message, proposal: `${message}. Try ${tries.join(' or ')}`, replacement: tries[0] ?? ''};
}

/** Values of the type, made of the number that was typed. */
function proposals(value: string, type: Exclude<ValueType, 'text'>): readonly [string, ...string[]] {
	const typed = Number(/^\d{1,6}(?:\.\d{1,3})?/.exec(value)?.[0] ?? Number.NaN);
	switch (type) {
		case 'millicores': {
			const millicores = Number.isNaN(typed) || typed === 0 ? 500 : typed;
			return [`${millicores}m`, String(millicores / 1000)];
		}
		case 'bytes': {
			const amount = Number.isNaN(typed) ? 1 : typed;
			return [`${amount}Mi`, `${amount}Gi`];
		}
		case 'age':
		case 'duration': {
			const amount = Number.isNaN(typed) ? 5 : typed;
			return [`${amount}m`, `${amount}h`];
		}
		case 'ratio':
			return ['1', '1/2'];
		case 'percent':
			return [Number.isNaN(typed) ? '80' : String(typed)];
		default:
			return [Number.isNaN(typed) ? '5' : String(typed)];
	}
}
