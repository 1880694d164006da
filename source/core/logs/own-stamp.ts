/**
 * The time that an application writes in front of its line by itself: it stands in a column of ours already. ISO 8601 and what is
 * near it (Go's log, Python's logging, nginx), syslog, Apache's common log in brackets; `[]` and a separator around it.
 */
const stamp =
	/^(?:\[?(?:\d{4}[-/]\d\d[-/]\d\d[T ])?\d\d:\d\d:\d\d(?:[.,:]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d| UTC)?\]?|\[?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d\]?|\[?\d\d\/(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\]?)(?:\s*[-|:]\s+|\s+|$)/;
const starts = /^[[\dJFMASOND]/;

/** How many characters of the line's beginning are its own time; 0: it has none. */
export function ownStampLength(text: string): number {
	return starts.test(text) ? (stamp.exec(text)?.[0].length ?? 0) : 0;
}
