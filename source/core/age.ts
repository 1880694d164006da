const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const yearMs = 365 * dayMs;

/** Two parts without the second when it is zero: `3h12m`, `3h`. */
function two(major: number, majorUnit: string, minor: number, minorUnit: string): string {
	return minor === 0 ? `${major}${majorUnit}` : `${major}${majorUnit}${minor}${minorUnit}`;
}

/** An age as kubectl prints it (apimachinery pkg/util/duration `HumanDuration`); more than 2 s in the future is `<invalid>`. */
export function humanDuration(ms: number): string {
	const seconds = Math.trunc(ms / secondMs);
	if (seconds < -1) return '<invalid>';
	if (seconds < 0) return '0s';
	if (seconds < 120) return `${seconds}s`;
	const minutes = Math.trunc(ms / minuteMs);
	if (minutes < 10) return two(minutes, 'm', seconds % 60, 's');
	if (minutes < 180) return `${minutes}m`;
	const hours = Math.trunc(ms / hourMs);
	if (hours < 8) return two(hours, 'h', minutes % 60, 'm');
	if (hours < 48) return `${hours}h`;
	const days = Math.trunc(ms / dayMs);
	if (days < 8) return two(days, 'd', hours % 24, 'h');
	if (days < 730) return `${days}d`;
	const years = Math.trunc(days / 365);
	return days < 2920 ? two(years, 'y', days % 365, 'd') : `${years}y`;
}

const unitMs: Readonly<Record<string, number>> = {ms: 1, s: secondMs, m: minuteMs, h: hourMs, d: dayMs, w: 7 * dayMs, y: yearMs};

/** Milliseconds of `48s`, `3h12m`, `2y30d`, `1.5h`, `2w`; undefined: not a duration. A bare number has no unit and is none. */
export function parseHumanDuration(text: string): number | undefined {
	if (!/^(?:\d+(?:\.\d+)?(?:ms|[smhdwy]))+$/.test(text)) return undefined;
	let total = 0;
	for (const [, digits, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwy])/g)) total += Number(digits) * (unitMs[unit ?? ''] ?? 0);
	return total;
}

/** How often the text changes at this age. */
function stepMs(ageMs: number): number {
	if (ageMs < 10 * minuteMs) return secondMs;
	if (ageMs < 8 * hourMs) return minuteMs;
	if (ageMs < 8 * dayMs) return hourMs;
	return ageMs < 8 * yearMs ? dayMs : yearMs;
}

/** Milliseconds until `humanDuration` of a growing age gives another text; always above zero. */
export function nextChangeMs(ageMs: number): number {
	// `<invalid>` ends as soon as the age is above -2 s, `0s` covers -2 s to 1 s.
	if (ageMs <= -2 * secondMs) return -2 * secondMs - ageMs + 1;
	if (ageMs < secondMs) return secondMs - ageMs;
	const step = stepMs(ageMs);
	return step - (ageMs % step);
}

export type TimeMode = 'age' | 'utc' | 'local';

/**
 * A moment as the `z t` cycle shows it: age `9m`, UTC `14:02:31Z`, local `16:02:31+02`; with its date when that is not today's.
 * `offsetMinutes`: of the local time zone, east positive.
 */
export function formatTime(ms: number, mode: TimeMode, now: number, offsetMinutes: number): string {
	if (mode === 'age') return humanDuration(now - ms);
	const offset = mode === 'utc' ? 0 : offsetMinutes;
	const date = new Date(ms + offset * minuteMs);
	if (Number.isNaN(date.getTime())) return '<invalid>';
	const [day = '', rest = ''] = date.toISOString().split('T');
	const sameDay = Math.floor((ms + offset * minuteMs) / dayMs) === Math.floor((now + offset * minuteMs) / dayMs);
	return `${sameDay ? '' : `${day} `}${rest.slice(0, 8)}${mode === 'utc' ? 'Z' : zone(offset)}`;
}

/** `+02`, `-03:30`. */
function zone(offsetMinutes: number): string {
	const minutes = Math.abs(offsetMinutes);
	const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
	const rest = minutes % 60;
	return `${offsetMinutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}
