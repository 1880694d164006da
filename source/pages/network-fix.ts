import {span} from '../core/line.ts';
import type {NetReport} from '../core/net/net-report.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import {line, still, wrap, wrapWhole} from './fit.ts';
import {stateMark} from './state-mark.ts';

/** What to do about it: a sentence and its line for the shell, that one never cut. */
export function fixLines({verdict}: NetReport, setting: PageSetting): readonly PageLine[] {
	return verdict.remedy.flatMap(({text, command, changes}, index) => [
		still(span(index === 0 ? '  FIX  ' : '       ', 'muted'), text, ...(changes ? [span(' (changes the cluster)', 'muted')] : [])),
		...wrapWhole(command, setting.body.columns - 10).map(
			(part, row): PageLine =>
				row === 0 ? {line: line('       ', span(part, 'accent')), id: `fix:${index}`, copy: command} : still('         ', span(part, 'accent')),
		),
	]);
}

/** What was not looked at, and why. */
export function notCheckedLines({notChecked}: NetReport, setting: PageSetting, most: number): readonly PageLine[] {
	const shown = notChecked.slice(0, most);
	const left = notChecked.length - shown.length;
	return [
		...shown.map(({what, why}) => still('  ', stateMark('unknown', setting), span(` not checked: ${what}: ${why}`, 'unknown'))),
		...(left > 0 ? [still(span(`  and ${left} more not checked`, 'unknown'))] : []),
	];
}

/** What a probe left in the cluster: the consent named it, and it is listed at the end. */
export function leftBehindLines({leftBehind = []}: Pick<NetReport, 'leftBehind'>, setting: PageSetting): readonly PageLine[] {
	return leftBehind.flatMap(text =>
		wrap(`left in the cluster: ${text}`, setting.body.columns - 6).map((part, row) =>
			still('  ', row === 0 ? stateMark('warning', setting) : ' ', span(` ${row === 0 ? part : `  ${part}`}`, 'warning')),
		),
	);
}
