import type {Tone} from '../tone.ts';

/** Where a line comes from. `restart`: which run of the container, from 0. */
export type LogOrigin = Readonly<{namespace: string; pod: string; container: string; restart: number}>;

/** One line as the container wrote it, without its line end. */
export type LogLine = Readonly<{
	type: 'line';
	/** Order of arrival in the view, from 0; never reused. */
	id: number;
	origin: LogOrigin;
	/** As the API printed it (RFC 3339 with nanoseconds). */
	stamp: string;
	/** ms since the epoch. */
	at: number;
	/** Decoded, not sanitised: escape sequences are still in it. */
	text: string;
	/** The bytes of the text, where they are no valid UTF-8 and `text` has replacement characters. */
	raw?: Uint8Array;
	/** How many bytes at its end were left out, of a line too long to be held. */
	cutBytes?: number;
}>;

/** What happened to a source, between the lines: never lost silently. */
export type LogMark = Readonly<{
	type: 'mark';
	id: number;
	/** Without it the mark is about the view as a whole. */
	origin?: LogOrigin;
	kind: 'restarted' | 'ended' | 'gap' | 'deleted' | 'waiting' | 'started' | 'denied' | 'failed' | 'empty';
	at: number;
	tone: Tone;
	/** `restarted: exit 137 OOMKilled, 3rd time`. */
	text: string;
	/** Of a gap: what is missing lies between these, ms since the epoch. */
	from?: number;
	to?: number;
}>;

/** An Event of one of the pods, merged in. */
export type LogEvent = Readonly<{
	type: 'event';
	id: number;
	origin: Pick<LogOrigin, 'namespace' | 'pod'>;
	at: number;
	warning: boolean;
	reason: string;
	message: string;
	count: number;
}>;

export type LogRecord = LogLine | LogMark | LogEvent;

/** received = held + dropped, always; `filtered` is what the filters of a reader hide of those held. */
export type LogCounters = Readonly<{received: number; held: number; dropped: number; bytes: number}>;
