import {textAt} from '../json.ts';
import {javaLines} from './formats/system-components.ts';
import {jsonLines, type Mix} from './formats/structured.ts';
import {isoTime} from './formats/words.ts';
import {type LogProfile, spread} from './log-profile.ts';

const secondMs = 1000;
const minuteMs = 60_000;

/** Numbers its lines from 1, so many a second, all of them kept: what is missing or doubled can be seen. Some share a moment, some their text. */
export function numberedProfile(perSecond: number): LogProfile {
	return {
		bucketMs: secondMs,
		keptMs: Number.POSITIVE_INFINITY,
		steady({startsAt, runStartedAt}) {
			const first = Math.max(0, Math.floor(((startsAt - runStartedAt) * perSecond) / secondMs) - 3);
			return Array.from({length: perSecond + 6}, (_, index) => {
				const count = first + index;
				// Three in a row share their moment, and every tenth has the text of the one before.
				const at = runStartedAt + Math.floor(((count - (count % 3)) * secondMs) / perSecond);
				return {offsetMs: at - startsAt, nanos: 0, lines: [(count + 1) % 10 === 0 ? `line ${count}` : `line ${count + 1}`]};
			});
		},
	};
}

/** More errors the longer the trouble lasts: one in a hundred at first, one in four after ten minutes. */
function mixAt(at: number, troubleSince: number): Mix {
	const minutes = Number.isFinite(troubleSince) ? Math.max(0, (at - troubleSince) / minuteMs) : 0;
	return {warnings: 0.04, errors: Math.min(0.25, 0.01 + minutes * 0.024)};
}

/** A service under load: JSON, the same warning again and again, stack traces between the lines, errors that rise from a moment on. */
export function noisyProfile(perSecond: number, troubleSince: number): LogProfile {
	return {
		bucketMs: secondMs,
		keptMs: 20 * minuteMs,
		steady({random, startsAt}) {
			const mix = mixAt(startsAt, troubleSince);
			return Array.from({length: perSecond}, (_, index) => {
				const offsetMs = Math.floor((index * secondMs) / perSecond);
				const at = startsAt + offsetMs;
				const chance = random.next();
				if (chance < mix.errors / 8) return {offsetMs, lines: javaLines(random, at, 1)};
				if (chance < 0.12) return {offsetMs, lines: ['{"level":"warn","msg":"pool is exhausted, waiting for a connection","pool":"orders"}']};
				return {offsetMs, lines: jsonLines(random, at, mix)};
			});
		},
	};
}

/** A service that works until names do not resolve any more: from a moment on most of what it says is that lookups time out. */
export function lookupFailures(host: string, troubleSince: number): LogProfile {
	const bucketMs = 5 * secondMs;
	return {
		bucketMs,
		keptMs: 400 * minuteMs,
		steady(bucket) {
			const {random, run, startsAt} = bucket;
			const podIp = textAt(run.pod, 'status', 'podIP');
			return spread(bucket, bucketMs, {least: 1, most: 4}).map(offsetMs => {
				const at = startsAt + offsetMs;
				if (!(at >= troubleSince) || random.next() < 0.4) return {offsetMs, lines: jsonLines(random, at)};
				const error = `dial tcp: lookup ${host} on 10.96.0.10:53: read udp ${podIp}:${random.integer(32_768, 60_999)}->10.96.0.10:53: i/o timeout`;
				return {offsetMs, lines: [JSON.stringify({time: isoTime(at), level: 'error', msg: `lookup ${host}: i/o timeout`, error})]};
			});
		},
	};
}
