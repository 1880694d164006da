import type {LogEntry} from './log-entry.ts';
import type {LogRecord} from './log-record.ts';
import {styledText} from './styled-text.ts';

/** Content of a file: text, and bytes where a line is no valid UTF-8. */
export type LogContent = ReadonlyArray<string | Uint8Array>;

/** Records as they are written to a file: one line each, with its time, and its pod and container where there are several. Nothing of a line is changed. */
export function writtenRecords(records: readonly LogRecord[]): LogContent {
	const isNamed = severalSources(records);
	const content: Array<string | Uint8Array> = [];
	for (const record of records) {
		content.push(prefix(record, isNamed));
		if (record.type === 'line' && record.raw !== undefined) content.push(record.raw, '\n');
		else content.push(`${bodyOf(record)}\n`);
	}
	return content;
}

/** The same as text that can do nothing to a terminal: for another program's screen, or the clipboard. */
export function plainRecords(records: readonly LogRecord[]): string {
	const isNamed = severalSources(records);
	return records.map(record => `${prefix(record, isNamed)}${styledText(bodyOf(record)).text}\n`).join('');
}

/** The lines of entries as the application wrote them, without escapes; with pod and container where they come from several. */
export function copiedText(entries: readonly LogEntry[]): string {
	const records = entries.flatMap((entry): readonly LogRecord[] => (entry.type === 'line' ? [entry.line, ...entry.more] : [entry.record]));
	const isNamed = severalSources(records);
	return records.map(record => `${isNamed ? `${sourceOf(record)} ` : ''}${styledText(bodyOf(record)).text}`).join('\n');
}

function severalSources(records: readonly LogRecord[]): boolean {
	const first = records.find(({type}) => type === 'line');
	return first !== undefined && records.some(record => record.type === 'line' && sourceOf(record) !== sourceOf(first));
}

function prefix(record: LogRecord, isNamed: boolean): string {
	const stamp = record.type === 'line' ? record.stamp : new Date(record.at).toISOString();
	return `${stamp} ${isNamed || record.type !== 'line' ? `${sourceOf(record)} ` : ''}`;
}

function sourceOf(record: LogRecord): string {
	if (record.type === 'event') return `${record.origin.namespace}/${record.origin.pod} event`;
	return record.origin === undefined ? '-' : `${record.origin.namespace}/${record.origin.pod} ${record.origin.container}`;
}

function bodyOf(record: LogRecord): string {
	switch (record.type) {
		case 'line':
			return record.text;
		case 'event':
			return `${record.warning ? 'Warning' : 'Normal'} ${record.reason}: ${record.message}`;
		default:
			return `--- ${record.text} ---`;
	}
}
