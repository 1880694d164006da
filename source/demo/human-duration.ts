const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
	return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`;
}

/** A duration as the API server prints ages: at most two units (k8s.io/apimachinery util/duration, HumanDuration). */
export function humanDuration(milliseconds: number): string {
	const seconds = Math.trunc(milliseconds / second);
	if (seconds < -1) return '<invalid>';
	if (seconds < 0) return '0s';
	if (seconds < 120) return `${seconds}s`;
	const minutes = Math.floor(milliseconds / minute);
	if (minutes < 10) return pair(minutes, 'm', seconds % 60, 's');
	if (minutes < 180) return `${minutes}m`;
	const hours = Math.floor(milliseconds / hour);
	if (hours < 8) return pair(hours, 'h', minutes % 60, 'm');
	if (hours < 48) return `${hours}h`;
	const days = Math.floor(hours / 24);
	if (hours < 192) return pair(days, 'd', hours % 24, 'h');
	if (days < 730) return `${days}d`;
	const years = Math.floor(days / 365);
	return days < 2920 ? pair(years, 'y', days % 365, 'd') : `${years}y`;
}

/** After how many milliseconds the text of a duration changes. */
export function untilNextText(milliseconds: number): number {
	if (milliseconds < 10 * minute) return second - (((milliseconds % second) + second) % second);
	const unit = milliseconds < 8 * hour ? minute : milliseconds < 8 * day ? hour : milliseconds < 8 * year ? day : year;
	return unit - (milliseconds % unit);
}
