import type {LogMatch} from './coredns-log.ts';
import type {CorednsMetrics} from './coredns-metrics.ts';

/** `coredns-log`, target `namespace/pod`: what the last lines of its log tell, and those of the run before where there was one. */
export type CorednsLogFacts = Readonly<{
	current: readonly LogMatch[];
	/** Of the run that ended; empty where there was none or it cannot be read any more. */
	previous: readonly LogMatch[];
	/** Lines that were read. */
	lines: number;
}>;

/** `coredns-metrics`, target `namespace/pod`, and `node-local-metrics`. */
export type CorednsMetricsFacts = CorednsMetrics;

/** `kubelet-configz`, target the node. */
export type KubeletFacts = Readonly<{clusterDns: readonly string[]; clusterDomain?: string; resolvConf?: string; hairpinMode?: string}>;

/** `blackbox`, target `http https://shop.example.test`: one probe by a blackbox exporter. */
export type BlackboxFacts = Readonly<{success: boolean; seconds?: number; dnsSeconds?: number; httpStatus?: number; failedByRegex?: boolean}>;
