import type {LogField} from './json-fields.ts';
import type {LogLevel} from './levels.ts';
import {trailingFields, unquoted} from './logfmt.ts';

/** `E1121 14:01:48.123456       1 controller.go:114] ` (k8s.io/klog, header of glog). */
const head = /^([IWEF])(\d{4} \d{2}:\d{2}:\d{2}\.\d+)\s+(\d+) ([^\s:\]]+:\d+)\] ?/;
const quoted = /^"((?:[^"\\]|\\.)*)"(?:\s+(.*))?$/s;
const levels: Readonly<Record<string, LogLevel>> = {I: 'info', W: 'warn', E: 'error', F: 'fatal'};

export type KlogLine = Readonly<{level: LogLevel; message: string; fields: readonly LogField[]}>;

/** A line of klog, structured (`"text" key="value"`) or not; undefined: it is none. */
export function klogLine(text: string): KlogLine | undefined {
	const code = text.charCodeAt(0);
	if (code !== 0x49 && code !== 0x57 && code !== 0x45 && code !== 0x46) return undefined;
	const match = head.exec(text);
	if (match === null) return undefined;
	const [all, letter = 'I', , , source = ''] = match;
	const rest = text.slice(all.length);
	const level = levels[letter] ?? 'info';
	const structured = quoted.exec(rest);
	if (structured === null) return {level, message: rest, fields: [['source', source]]};
	const {message: between, fields} = trailingFields(` ${structured[2] ?? ''}`);
	const message = unquoted(structured[1] ?? '');
	return {level, message: between.trim() === '' ? message : `${message} ${between.trim()}`, fields: [['source', source], ...fields]};
}
