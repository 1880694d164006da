import type {LogEvent, LogLine, LogMark} from '../../../source/core/logs/log-record.ts';

type LineWish = Partial<Readonly<{at: number; namespace: string; pod: string; container: string; restart: number}>>;

const first = Date.UTC(2026, 0, 14, 14, 1, 48);

/** A line of `shop/checkout-5b8c9f7d66-xw8pl app`, a second after the one before unless told otherwise. */
export function lineRecord(id: number, text: string, wish: LineWish = {}): LogLine {
	const {at = first + id * 1000, namespace = 'shop', pod = 'checkout-5b8c9f7d66-xw8pl', container = 'app', restart = 0} = wish;
	return {type: 'line', id, origin: {namespace, pod, container, restart}, stamp: new Date(at).toISOString(), at, text};
}

export function markRecord(id: number, text: string, wish: Partial<LogMark> = {}): LogMark {
	return {type: 'mark', id, kind: 'restarted', at: first + id * 1000, tone: 'error', text, ...wish};
}

export function eventRecord(id: number, reason: string, message: string, wish: Partial<LogEvent> = {}): LogEvent {
	const origin = {namespace: 'shop', pod: 'checkout-5b8c9f7d66-xw8pl'};
	return {type: 'event', id, origin, at: first + id * 1000, warning: true, reason, message, count: 1, ...wish};
}
