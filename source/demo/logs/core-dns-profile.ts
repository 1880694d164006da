import {textAt} from '../json.ts';
import type {Random} from '../random.ts';
import {coreDnsError} from './formats/system-components.ts';
import {spread, type LogProfile} from './log-profile.ts';

/** What is wrong with the name service, as a pod's annotation says: `upstream 10.0.0.2 2026-11-21T13:40:00Z`. */
export const dnsTroubleAnnotation = 'demo.k8tui.io/dns-trouble';

/** Long, because it is quiet: a log of months is read in a moment, and its first lines are still there. */
const bucketMs = 600_000;
const names = ['api.bank.example.test.', 'registry.example.test.', 'mail.example.test.', 'example.com.'] as const;

function upstreamError(random: Random, podIp: string, upstream: string): string {
	return coreDnsError(random, `read udp ${podIp}:${random.integer(32_768, 60_999)}->${upstream}:53: i/o timeout`, random.pick(names));
}

/** CoreDNS: its banner at the start, then silence unless something is wrong. */
export const coreDnsProfile: LogProfile = {
	bucketMs,
	keptMs: Number.POSITIVE_INFINITY,
	opening: () => [
		{offsetMs: 20, lines: ['.:53']},
		{
			offsetMs: 21,
			lines: [
				'[INFO] plugin/reload: Running configuration SHA512 = 591cf328cccc12bc490481273e738df59329c62c0b729d94e8b61db9961c2fa5f046dd37f1cf888b953814040d180f52594972691cd6ff41be96639138a43908',
			],
		},
		{offsetMs: 22, lines: ['CoreDNS-1.12.4', 'linux/amd64, go1.25.1, 1b0a0cf']},
	],
	steady(bucket) {
		const {pod} = bucket.run;
		const [word, upstream = '', since = ''] = (pod.metadata.annotations?.[dnsTroubleAnnotation] ?? '').split(' ');
		const podIp = textAt(pod, 'status', 'podIP');
		const troubleSince = Date.parse(since);
		// Most of its log is from before: nothing is made up for that and thrown away again.
		if (word !== 'upstream' || bucket.startsAt + bucketMs <= troubleSince) return [];
		return spread(bucket, bucketMs, {least: 120, most: 300})
			.map(offsetMs => ({offsetMs, lines: [upstreamError(bucket.random, podIp, upstream)]}))
			.filter(({offsetMs}) => bucket.startsAt + offsetMs >= troubleSince);
	},
};
