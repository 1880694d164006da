/** One record of a container's log file, as the runtime keeps it. */
export type LogLine = Readonly<{
	/** Milliseconds since the epoch. */
	at: number;
	/** Below the millisecond, 0 to 999,999. */
	nanos: number;
	/** Without the end of line; bytes where it is no text. */
	text: string | Buffer;
	/** The program has not ended the line: nothing follows it but its own rest. */
	isUnended?: boolean;
}>;

/** What a program says at one moment: several lines for a stack trace. */
export type LogEntry = Readonly<{
	/** Milliseconds after the moment it is counted from; negative: before. */
	offsetMs: number;
	/** Below the millisecond; by chance where missing. */
	nanos?: number;
	lines: readonly string[];
}>;

/** RFC 3339 with nine digits, as the kubelet prefixes lines with (`timestamps=true`). */
export function logTimestamp({at, nanos}: Pick<LogLine, 'at' | 'nanos'>): string {
	return `${new Date(at).toISOString().slice(0, -1)}${String(nanos).padStart(6, '0')}Z`;
}

/** Whether one line comes before another, by time alone. */
export function compareLines(one: LogLine, other: LogLine): number {
	return one.at - other.at || one.nanos - other.nanos;
}
