const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `I1121 16:04:13.803363 ` (klog) */
const klog = /^[IWEF](\d\d)(\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{3})\d*)? /;
/** `Nov 21 16:04:13.803363 n1 kubelet[123]: ` (journalctl -o short-precise), syslog */
const journal = /^([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d)(?:\.(\d{3})\d*)? /;
/** `time="2026-11-21T16:04:13.8Z"` (containerd), `2026-11-21T16:04:13+00:00 ` */
const iso = /^(?:time=")?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))/;
const yearMs = 366 * 24 * 3_600_000;

/**
 * When a line of a component's own log was written, ms since the epoch; undefined where it does not say. Two of the forms have no
 * year and no zone: the year is that in which the time is not in the future, the zone is taken for UTC.
 */
export function nodeStamp(line: string, now: number): number | undefined {
	const exact = iso.exec(line)?.[1];
	if (exact !== undefined) return numberOf(Date.parse(exact));
	const short = klog.exec(line);
	if (short !== null) return withYear(Number(short[1]), Number(short[2]), `${short[3]}.${short[4] ?? '000'}`, now);
	const named = journal.exec(line);
	if (named === null) return undefined;
	const month = months.indexOf(named[1] ?? '') + 1;
	return month === 0 ? undefined : withYear(month, Number(named[2]), `${named[3]}.${named[4] ?? '000'}`, now);
}

function withYear(month: number, day: number, time: string, now: number): number | undefined {
	const year = new Date(now).getUTCFullYear();
	const two = (value: number): string => String(value).padStart(2, '0');
	const at = (inYear: number): number => Date.parse(`${inYear}-${two(month)}-${two(day)}T${time}Z`);
	const here = at(year);
	// A day ahead may be another zone, months ahead are last year's.
	return numberOf(here - now > yearMs / 2 ? at(year - 1) : here);
}

function numberOf(at: number): number | undefined {
	return Number.isNaN(at) ? undefined : at;
}
