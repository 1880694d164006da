import {parseHumanDuration} from '../age.ts';

const dayMs = 86_400_000;

/**
 * The moment that a typed time stands for, ms since the epoch: `14:02` and `14:02:31` (UTC, the last time it was that late), `10m` ago,
 * `2026-01-14T14:02`. undefined: it is no time.
 */
export function momentOf(text: string, now: number): number | undefined {
	const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?Z?$/.exec(text);
	if (clock !== null) {
		const [, hours = '0', minutes = '0', seconds = '0', fraction = '0'] = clock;
		if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
		const today = Math.floor(now / dayMs) * dayMs;
		const at = today + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Math.floor(Number(fraction) * 1000);
		return at > now ? at - dayMs : at;
	}
	const ago = parseHumanDuration(text.replace(/^-/, ''));
	if (ago !== undefined) return now - ago;
	if (!/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
	const at = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`);
	return Number.isNaN(at) ? undefined : at;
}
