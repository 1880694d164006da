import {span} from '../core/line.ts';
import type {LogSource} from '../core/logs/logs-model.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import {describeProblem} from '../core/problem.ts';
import {group, plural} from '../core/text.ts';
import type {Tone} from '../core/tone.ts';
import {still, wrap} from './fit.ts';
import type {LogsFacts} from './logs-facts.ts';
import {targetName} from './logs-head.ts';
import {sourceText, sourceTones} from './logs-silence.ts';
import {stateMark} from './state-mark.ts';

/** In the place of rows: why there are none, source by source. */
export function emptyLines(facts: LogsFacts): readonly PageLine[] {
	const {model, rows, screen, setting} = facts;
	if (model.problem !== undefined) return said('unknown', describeProblem(model.problem), setting);
	if (rows.hiddenRecords > 0) return hiddenText(facts);
	const {stream} = model;
	if (model.sources.length === 0) {
		if (stream.state === 'denied' || stream.state === 'reconnecting' || stream.state === 'login-needed')
			return said('error', describeProblem(stream.problem), setting);
		if (stream.state === 'loading' || stream.state === 'queued') return said('muted', `Looking for the pods of ${targetName(model.target)}`, setting);
		return said(
			'unknown',
			`There is no pod of ${targetName(model.target)}${screen.container === undefined ? '' : ` with a container ${screen.container}`}. One that comes is read at once.`,
			setting,
		);
	}
	// What has come is put in order first.
	if (model.sources.some(({lines}) => lines > 0)) return said('progressing', 'The first lines have come and are put in order', setting);
	return [...model.sources.slice(0, Math.max(1, setting.body.rows - 5)).flatMap(source => sourceLines(source, facts)), ...restOf(facts)];
}

function hiddenText({rows, screen, setting}: LogsFacts): readonly PageLine[] {
	const cleared = screen.clearedBefore > 0 ? ' C cleared what was there; a range, such as 0, reads it again.' : '';
	const filters = screen.filters.length > 0 ? ' Esc takes the last filter off.' : '';
	return said(
		'muted',
		`No line is shown: ${plural(rows.hiddenRecords, 'line')} ${rows.hiddenRecords === 1 ? 'is' : 'are'} hidden.${filters}${cleared}`,
		setting,
	);
}

function restOf({model, screen, setting}: LogsFacts): readonly PageLine[] {
	const hidden = model.sources.length - Math.max(1, setting.body.rows - 5);
	const more = hidden > 0 ? [still(span(`and ${group(hidden)} more`, 'muted'))] : [];
	const range =
		screen.range === 'tail' || screen.range === 'head' ? '' : `Only the last ${screen.range} was asked for: 0 asks for the newest lines of any age. `;
	const offer = screen.previous ? 'p goes back to the run that goes on.' : model.sources.some(({hasPrevious}) => hasPrevious) ? 'p shows the run before.' : '';
	return range === '' && offer === '' ? more : [...more, ...wrap(`${range}${offer}`, setting.body.columns - 3).map(text => still(span(text, 'muted')))];
}

function sourceLines(source: LogSource, {setting}: LogsFacts): readonly PageLine[] {
	return said(sourceTones[source.state], sourceText(source), setting);
}

function said(tone: Tone, text: string, setting: PageSetting): readonly PageLine[] {
	return wrap(text, setting.body.columns - 4).map((part, index) => still(index === 0 ? stateMark(tone, setting) : ' ', ' ', span(part)));
}
