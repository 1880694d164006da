import {visibleControls} from '../core/text-table.ts';
import type {ExitCode} from './print-job.ts';
import {jsonText} from './json-text.ts';

export type Mark = '+' | '!' | 'X';
/** One line of `--check`: well, to be looked at, or broken. */
export type CheckLine = Readonly<{section: string; mark: Mark; text: string}>;

const states = {'+': 'ok', '!': 'warning', X: 'error'} as const;

/** 0: all well. 1: warnings. 2: errors. */
export function checkCode(lines: readonly CheckLine[]): ExitCode {
	if (lines.some(line => line.mark === 'X')) return 2;
	return lines.some(line => line.mark === '!') ? 1 : 0;
}

/** The report in lines, each section under its name, and the counts at the end. */
export function checkText(lines: readonly CheckLine[]): string {
	const sections = [...new Set(lines.map(line => line.section))];
	const blocks = sections.map(
		section => `${section}\n${lines.flatMap(line => (line.section === section ? [`  ${line.mark}  ${visibleControls(line.text)}\n`] : [])).join('')}`,
	);
	return `${blocks.join('')}result  ${counted(lines, '!', 'warning')}, ${counted(lines, 'X', 'error')}\n`;
}

function counted(lines: readonly CheckLine[], mark: Mark, word: string): string {
	const count = lines.filter(line => line.mark === mark).length;
	return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** The report as one JSON object. */
export function checkJson(lines: readonly CheckLine[]): string {
	const entries = lines.map(({section, mark, text}) => ({section, state: states[mark], text}));
	return `${jsonText({exitCode: checkCode(lines), lines: entries}, 4)}\n`;
}
