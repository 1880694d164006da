import type {Measured, ToolOutput} from '../../../probe.ts';
import {sanitise} from '../sanitise.ts';
import {decode, failedFields, type Fields, numberField} from './fields.ts';
import {type FileLine, readFileLines} from './file-lines.ts';

/** Reading files is no question to the network: `ok` where something was read, `inconclusive` where the files are not there. */
export function measuredFiles(text: string, ms: number | undefined, values: (lines: readonly FileLine[]) => readonly string[]): Measured {
	const found = values(readFileLines(sanitise(text)));
	const common = {...(ms === undefined ? {} : {ms})};
	if (found.length === 0) return {transport: 'inconclusive', detail: 'none of these files is there', ...common};
	return {transport: 'ok', values: found, detail: found.join('\n'), ...common};
}

/** The same from a batch of the shell. */
export function readFiles(output: ToolOutput, values: (lines: readonly FileLine[]) => readonly string[]): Measured {
	return measuredFiles(output.text, output.ms, values);
}

/** The same from our own programs: `text=...`. */
export function readFileFields(fields: Fields, values: (lines: readonly FileLine[]) => readonly string[]): Measured {
	return failedFields(fields) ?? measuredFiles(decode(fields.get('text') ?? ''), numberField(fields, 'ms'), values);
}
