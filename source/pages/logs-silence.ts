import {type Line, span} from '../core/line.ts';
import type {LogSource} from '../core/logs/logs-model.ts';
import {describeProblem} from '../core/problem.ts';
import {group, plural, truncate, width} from '../core/text.ts';
import type {Tone} from '../core/tone.ts';
import {line} from './fit.ts';
import type {LogsFacts} from './logs-facts.ts';
import {stateMark} from './state-mark.ts';

export const sourceTones: Readonly<Record<LogSource['state'], Tone>> = {
	opening: 'progressing',
	live: 'ok',
	polled: 'ok',
	waiting: 'progressing',
	reconnecting: 'warning',
	ended: 'muted',
	deleted: 'terminating',
	denied: 'unknown',
	failed: 'error',
};

const words: Readonly<Record<LogSource['state'], string>> = {
	opening: 'is being opened',
	live: 'is read, and has written nothing yet',
	polled: 'is asked every few seconds, and has written nothing yet',
	waiting: 'has no log yet',
	reconnecting: 'could not be reached, and is tried again',
	ended: 'has ended without a line',
	deleted: 'was deleted',
	denied: 'may not be read',
	failed: 'could not be read',
};

/** Whose log, and why there is nothing of it: `web-1 app is read, and has written nothing yet`. */
export function sourceText({origin, state, problem, kind}: LogSource): string {
	const who = kind === 'node' ? origin.container : `${origin.pod} ${origin.container}`;
	return `${who} ${words[state]}${problem === undefined ? '' : `: ${describeProblem(problem)}`}`;
}

/** Beside rows none of which a container wrote: why, in one line; undefined where a container did, or where that cannot be known yet. */
export function silentLine({model, rows, setting}: LogsFacts): Line | undefined {
	const {sources, target} = model;
	const [first, ...others] = sources;
	if (first === undefined || target.type === 'node' || rows.shown.length === 0 || rows.containers.length > 0) return undefined;
	if (sources.some(({state, lines}) => state === 'opening' || lines > 0)) return undefined;
	const more = others.length === 0 ? '' : `; ${group(others.length)} more without a line`;
	const text = truncate(sourceText(first), setting.body.columns - 4 - width(more), 'end', setting.glyphs.cut);
	return line(stateMark(sourceTones[first.state], setting), ' ', span(`${text}${more}`));
}

/** Beside lines of others: how many containers have none, and how many of those may not be read; '' where each has some. */
export function silentCount({model, rows}: LogsFacts): string {
	const {sources, target} = model;
	const silent = sources.filter(({state, lines}) => lines === 0 && state !== 'opening');
	if (target.type === 'node' || rows.containers.length === 0 || silent.length === 0) return '';
	const denied = silent.filter(({state}) => state === 'denied' || state === 'failed').length;
	return `${group(silent.length)} of ${plural(sources.length, 'container')} without a line${denied === 0 ? '' : `, ${group(denied)} may not or cannot be read`}`;
}
