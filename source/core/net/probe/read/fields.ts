import type {CellTransport} from '../../cell.ts';
import type {Measured} from '../../../probe.ts';
import type {ProbeQuestion} from '../probe-plan.ts';
import {answerOf} from '../dns-message.ts';
import {sanitise} from '../sanitise.ts';

export type Fields = ReadonlyMap<string, string>;

/** Python's exceptions and the codes of node and c-ares, by what they mean for the way. */
const failures: Readonly<Record<string, CellTransport>> = {
	TimeoutError: 'timeout',
	timeout: 'timeout',
	ETIMEOUT: 'timeout',
	ETIMEDOUT: 'timeout',
	ConnectionRefusedError: 'refused',
	ECONNREFUSED: 'refused',
	EHOSTUNREACH: 'no-route',
	ENETUNREACH: 'no-route',
	EADDRNOTAVAIL: 'no-route',
	'OSError-113': 'no-route',
	'OSError-101': 'no-route',
};
/** c-ares and libc answer by a code: the way was good. */
const answers: Readonly<Record<string, Measured['answer']>> = {
	ENOTFOUND: 'NXDOMAIN',
	ENODATA: 'NODATA',
	ESERVFAIL: 'SERVFAIL',
	EREFUSED: 'REFUSED',
	EFORMERR: 'FORMERR',
};

/** No resolver has waited for a server below this. */
const waitedMs = 900;

/** The number in a field; undefined where there is none. */
export function numberField(fields: Fields, key: string): number | undefined {
	const value = fields.get(key);
	return value !== undefined && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** What failed before anything came back; undefined where nothing did. */
export function failedFields(fields: Fields): Measured | undefined {
	const error = fields.get('err');
	if (error === undefined) return undefined;
	const ms = numberField(fields, 'ms');
	// libc's word for SERVFAIL, REFUSED, a closed port and silence alike: its time tells silence.
	const again: CellTransport = (ms ?? 0) >= waitedMs ? 'timeout' : 'inconclusive';
	return {transport: error === 'EAI_AGAIN' ? again : (failures[error] ?? 'tool-error'), ...(ms === undefined ? {} : {ms}), detail: sanitise(textOf(fields))};
}

/** An answer of DNS as our own programs print it. An address that was not asked is proof of its own (diagnosis.md 4.4). */
export function readDnsFields(fields: Fields, question: ProbeQuestion): Measured {
	const error = fields.get('err') ?? '';
	const ms = numberField(fields, 'ms');
	const common = {...(ms === undefined ? {} : {ms}), detail: sanitise(textOf(fields))};
	const told = answers[error];
	if (told !== undefined) return {transport: 'ok', answer: told, ...common};
	const failed = failedFields(fields);
	if (failed !== undefined) return failed;
	const rcode = numberField(fields, 'rc');
	const count = numberField(fields, 'an');
	if (rcode === undefined || count === undefined) return {transport: 'tool-error', ...common};
	const source = fields.get('src');
	const values = valuesOf(fields);
	const isOther = source !== undefined && source !== question.to.address && question.to.address !== '';
	return {
		transport: isOther ? 'wrong-source' : 'ok',
		answer: answerOf(rcode, count),
		...(values.length === 0 ? {} : {values}),
		...(source === undefined ? {} : {answeredBy: source}),
		...common,
	};
}

/** `v=a,b` */
export function valuesOf(fields: Fields): readonly string[] {
	const value = fields.get('v') ?? '';
	return value === '' ? [] : value.split(',').map(decode);
}

/** The line again, without the nonce. */
export function textOf(fields: Fields): string {
	return [...fields].map(([key, value]) => `${key}=${decode(value)}`).join(' ');
}

/** Values are percent-encoded by our programs, so that each is one word. */
export function decode(value: string): string {
	try {
		return decodeURIComponent(value);
	} catch {
		return value;
	}
}
