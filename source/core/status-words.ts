import type {Tone} from './tone.ts';

const words: ReadonlyArray<readonly [Tone, ReadonlySet<string>]> = [
	[
		'error',
		new Set([
			'failed',
			'failure',
			'error',
			'errored',
			'unhealthy',
			'lost',
			'notready',
			'missing',
			'invalid',
			'rejected',
			'denied',
			'crashloopbackoff',
			'offline',
			'unavailable',
			'down',
			'aborted',
			'dead',
		]),
	],
	['warning', new Set(['degraded', 'outofsync', 'warning', 'stalled', 'blocked', 'partiallyfailed', 'partial', 'stuck', 'expired'])],
	['unknown', new Set(['unknown'])],
	['terminating', new Set(['terminating', 'deleting', 'removing'])],
	[
		'progressing',
		new Set([
			'pending',
			'progressing',
			'creating',
			'provisioning',
			'updating',
			'upgrading',
			'reconciling',
			'waiting',
			'starting',
			'initializing',
			'inprogress',
			'scheduled',
			'queued',
			'new',
			'issuing',
			'syncing',
		]),
	],
	['muted', new Set(['completed', 'complete', 'succeeded', 'success', 'finished', 'done', 'suspended', 'paused', 'disabled', 'stopped', 'inactive'])],
	[
		'ok',
		new Set([
			'ready',
			'running',
			'active',
			'available',
			'healthy',
			'bound',
			'synced',
			'established',
			'approved',
			'issued',
			'online',
			'valid',
			'ok',
			'up',
			'accepted',
			'programmed',
			'deployed',
			'enabled',
			'true',
		]),
	],
];

/** What a well-known word in a status column means, for kinds of which nothing else is known; undefined for any other word. */
export function toneOfWord(word: string): Tone | undefined {
	const plain = word.toLowerCase().replaceAll(/[\s_-]/g, '');
	return words.find(([, known]) => known.has(plain))?.[0];
}

/** What a Ready-ish column says: `True`, `2/3`, `False (MissingEndpoints)`; undefined when it cannot be read. */
export function toneOfReadiness(text: string): Tone | undefined {
	const ratio = /^(\d+)\/(\d+)$/.exec(text);
	if (ratio) return Number(ratio[1]) >= Number(ratio[2]) ? 'ok' : Number(ratio[1]) === 0 ? 'error' : 'warning';
	if (/^true\b/i.test(text)) return 'ok';
	if (/^false\b/i.test(text)) return 'error';
	return /^unknown\b/i.test(text) ? 'unknown' : undefined;
}
