import type {Measured} from '../../../probe.ts';
import {failedFields, type Fields, numberField, textOf} from './fields.ts';

/** A GET as our own programs print it; values as readHttp has them. */
export function readHttpFields(fields: Fields): Measured {
	const bytes = String(numberField(fields, 'bytes') ?? 0);
	const status = /^\d{3}$/.test(fields.get('status') ?? '') ? (fields.get('status') ?? '') : '';
	const failed = failedFields(fields);
	if (failed !== undefined) return {...failed, values: [status, bytes]};
	const ms = numberField(fields, 'ms');
	if (status === '') return {transport: 'inconclusive', ...(ms === undefined ? {} : {ms}), detail: textOf(fields)};
	return {transport: 'ok', values: [status, bytes], ...(ms === undefined ? {} : {ms}), detail: `HTTP ${status}, ${bytes} bytes`};
}
