import type {Problem} from './problem.ts';

/** What a reading beside the objects told: a log counted, a metric scraped, a kubelet's configuration, a probe's cell. Measures; never judges. */
export type Observation<T = unknown> = Readonly<{
	/** `coredns-log`, `coredns-metrics`, `kubelet-configz`, `dns-query`, `tcp-connect`. */
	probe: string;
	/** What was asked: `kube-system/coredns-abc`, a node, an address. */
	target: string;
	/** ms since the epoch, server time. */
	at: number;
	tookMs: number;
}> &
	Readonly<{outcome: 'ok'; facts: T} | {outcome: 'failed'; problem: Problem} | {outcome: 'timed-out'}>;
