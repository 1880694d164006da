import {entryLevel, entryOrigin, entryText, type LogEntry} from './log-entry.ts';
import {levelRank} from './levels.ts';
import type {LogFilter} from './logs-screen.ts';
import {type Pattern, regexPattern, wordPattern} from './pattern.ts';

/** Does the entry pass? Marks always do: what happened to a source is never filtered away. */
export type LogTest = (entry: LogEntry) => boolean;

/** One test of all filters; an entry has to pass each. A stack trace passes or goes with its first line. */
export function testOf(filters: readonly LogFilter[]): LogTest {
	const tests = filters.map(oneTest);
	return entry => (entry.type === 'mark' ? true : tests.every(test => test(entry)));
}

function oneTest(filter: LogFilter): LogTest {
	switch (filter.type) {
		case 'level': {
			const least = levelRank(filter.least);
			// A line that names no level is no warning; it is worth as much as most lines are.
			return entry => levelRank(entryLevel(entry) ?? 'info') >= least;
		}
		case 'field':
			return entry => hasValue(entry, filter.name, filter.value) !== filter.negated;
		case 'include-any': {
			const patterns = filter.patterns.map(pattern => patternOf(pattern, true));
			return entry => {
				const text = entryText(entry);
				return patterns.some(pattern => pattern.test(text));
			};
		}
		default: {
			const pattern = patternOf(filter.pattern, filter.regex);
			const wanted = filter.type === 'include';
			return entry => pattern.test(entryText(entry)) === wanted;
		}
	}
}

/** What is no regular expression is looked for as it is. */
function patternOf(text: string, isRegex: boolean): Pattern {
	const read = isRegex ? regexPattern(text) : undefined;
	return read?.ok ? read.pattern : wordPattern(text);
}

/** A field of the line, or where it comes from: `pod` (in full or its last part), `container`, `namespace`, `level`; of events `reason`. */
function hasValue(entry: LogEntry, name: string, value: string): boolean {
	if (entry.type === 'line') {
		const own = entry.understood.fields.find(field => field[0] === name);
		if (own !== undefined) return own[1] === value;
	} else if (entry.record.type === 'event' && name === 'reason') return entry.record.reason === value;
	const origin = entryOrigin(entry);
	switch (name) {
		case 'pod':
			return origin !== undefined && (origin.pod === value || origin.pod.endsWith(`-${value}`));
		case 'container':
			return origin?.container === value;
		case 'namespace':
			return origin?.namespace === value;
		case 'level':
			return entryLevel(entry) === value;
		default:
			return false;
	}
}
