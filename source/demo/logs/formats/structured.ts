import type {Random} from '../../random.ts';
import {isoTime, webRequest} from './words.ts';

const work = ['cache refreshed', 'order stored', 'session renewed', 'price list loaded', 'item added to cart', 'feature flags synced'] as const;
const troubles = ['retrying payment provider', 'slow query', 'queue is above its high-water mark'] as const;
const failures = ['upstream request failed', 'could not store order', 'deadline exceeded calling payments'] as const;

export type Mix = Readonly<{warnings: number; errors: number}>;
const usualMix: Mix = {warnings: 0.03, errors: 0.006};

function levelOf(random: Random, {warnings, errors}: Mix): 'info' | 'warn' | 'error' {
	const chance = random.next();
	return chance < errors ? 'error' : chance < errors + warnings ? 'warn' : 'info';
}

function messageOf(random: Random, level: 'info' | 'warn' | 'error'): string {
	return level === 'error' ? random.pick(failures) : level === 'warn' ? random.pick(troubles) : random.pick(work);
}

/** One JSON object a line, as most services of the shop write. */
export function jsonLines(random: Random, at: number, mix: Mix = usualMix): readonly string[] {
	const level = levelOf(random, mix);
	const request = webRequest(random, 0);
	const status = level === 'error' ? random.pick([500, 502, 504]) : request.status;
	const fields = {
		method: request.method,
		path: request.path,
		status,
		duration_ms: level === 'error' ? random.integer(2000, 5000) : request.ms,
		trace_id: request.trace,
	};
	const error = level === 'error' ? {error: 'Post "http://payments/charge": context deadline exceeded'} : {};
	return [JSON.stringify({time: isoTime(at), level, msg: messageOf(random, level), ...fields, ...error})];
}

/** zap's production format: seconds as `ts`, caller, and a stack for errors inside the line. */
export function zapLines(random: Random, at: number, mix: Mix = usualMix): readonly string[] {
	const level = levelOf(random, mix);
	const stack =
		level === 'error'
			? {stacktrace: 'main.(*Server).handle\n\t/src/server.go:118\nnet/http.HandlerFunc.ServeHTTP\n\t/usr/local/go/src/net/http/server.go:2294'}
			: {};
	const caller = `server/${random.pick(['handler', 'store', 'worker'])}.go:${random.integer(20, 300)}`;
	return [JSON.stringify({level, ts: at / 1000, caller, msg: messageOf(random, level), duration: random.next() * 0.2, ...stack})];
}

const upkeep = ['Head GC completed', 'write block', 'Completed cleanup', 'Done loading configuration'] as const;

/** `key=value` as Grafana's and Prometheus' programs write. */
export function logfmtLines(random: Random, at: number, component: string, messages: readonly [string, ...string[]] = upkeep): readonly string[] {
	const level = levelOf(random, {warnings: 0.02, errors: 0.002});
	const upper = level.toUpperCase();
	const message = level === 'info' ? random.pick(messages) : messageOf(random, level);
	return [
		`time=${isoTime(at)} level=${upper} source=${component}.go:${random.integer(40, 900)} msg=${JSON.stringify(message)} component=${component} duration=${random.integer(1, 900)}ms`,
	];
}
