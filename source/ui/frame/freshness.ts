import {humanDuration} from '../../core/age.ts';
import {isBriefOutage} from '../../core/brief-outage.ts';
import type {StreamState} from '../../core/feed.ts';
import type {Glyphs} from '../../core/glyphs.ts';
import type {Line} from '../../core/line.ts';
import {never} from '../../core/never.ts';
import {group, plural} from '../../core/text.ts';
import type {Tone} from '../../core/tone.ts';

/** How fresh what is on screen is, in a word (screens.md 10): never "connected". `asOf`: server time of the last thing heard; `nothingYet`: no row was ever read. */
export function freshness(
	stream: StreamState | undefined,
	now: number,
	options: Readonly<{asOf?: number | undefined; nothingYet?: boolean; partial?: readonly string[] | undefined}> = {},
): Readonly<{text: string; tone: Tone}> {
	if (!stream) return {text: '', tone: 'muted'};
	const age = (since: number): string => shortAge(now - since);
	switch (stream.state) {
		case 'live':
			return options.partial ? {text: `partial ${options.partial.length} ns`, tone: 'warning'} : {text: `live ${age(stream.lastEventAt)}`, tone: 'ok'};
		case 'quiet':
			return {text: `quiet ${age(stream.since)}`, tone: 'progressing'};
		case 'loading':
			return {text: 'loading', tone: 'progressing'};
		case 'queued':
			return {text: 'queued', tone: 'progressing'};
		case 'polling':
			return {text: `${age(stream.lastEventAt)} old`, tone: 'ok'};
		case 'reconnecting':
			if (options.nothingYet) return {text: `no answer ${age(stream.since)}`, tone: 'error'};
			if (isBriefOutage(stream, now)) return {text: `quiet ${age(options.asOf ?? stream.since)}`, tone: 'progressing'};
			return {text: `STALE ${age(options.asOf ?? stream.since)}`, tone: 'error'};
		case 'denied':
			return {text: options.asOf === undefined || options.nothingYet ? 'not allowed' : `STALE ${age(options.asOf)}`, tone: 'unknown'};
		case 'login-needed':
			return {text: 'login needed', tone: 'error'};
		case 'gone':
			return {text: 'kind is gone', tone: 'unknown'};
		default:
			return never(stream);
	}
}

/** `0.4s` below ten seconds, else as kubectl. */
function shortAge(ms: number): string {
	const age = Math.max(0, ms);
	return age < 10_000 ? `${(Math.floor(age / 100) / 10).toFixed(1)}s` : humanDuration(age);
}

/** What stands there while the screen is held, the shorter form where there is no room for the longer. `waiting`: changes that came since. */
export function frozenWords(waiting: number): ReadonlyArray<Readonly<{text: string; tone: Tone}>> {
	const texts = waiting === 0 ? ['FROZEN'] : [`FROZEN, ${plural(waiting, 'change')} waiting`, `FROZEN ${group(waiting)}`];
	return texts.map(text => ({text, tone: 'warning'}));
}

/** The word with its symbol. */
export function freshnessLine(word: Readonly<{text: string; tone: Tone}>, glyphs: Glyphs): Line {
	return word.text === '' ? [] : [{text: `${glyphs.state[word.tone]} ${word.text}`, tone: word.tone}];
}
