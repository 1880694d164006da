import type {ProbeCell, ProbeSource} from './cell.ts';
import type {DnsRates} from './dns/dns-rates.ts';
import type {LogCount} from './dns/coredns-log.ts';
import type {LookupPlan} from './dns/lookup-plan.ts';
import type {PredictedResolvConf} from './dns/resolv-conf.ts';
import type {Finding} from '../finding.ts';
import type {Tone} from '../tone.ts';
import type {NetReport} from './net-report.ts';

/** A short fact with its state: `+ 2/2 ready`. `short`: for a narrow cell. */
export type Said = Readonly<{tone: Tone; text: string; short?: string}>;

/** `place`: its address; `node`: of a pod. */
export type DnsColumn = Readonly<{id: string; title: string; place: string; node?: string}>;

/** One client pod: a cell for each column, and the cells of the run that stand behind them. */
export type DnsRow = Readonly<{
	id: string;
	source: ProbeSource;
	/** `demo/shell-1`. */
	title: string;
	tone: Tone;
	cells: readonly Said[];
	behind: readonly ProbeCell[];
}>;

/** A name that was asked, or would be: what stands for it and what came or will come. */
export type DnsName = Readonly<{tone: Tone; name: string; what: string; rcode: string; answer: string; time: string}>;

/** A CoreDNS pod with what it says of itself. */
export type DnsServerRow = Readonly<{name: string; node: string; tone: Tone; state: string; restarts: number; rates?: DnsRates; errors: number}>;

/** What the DNS tab shows (screens.md M7). */
export type DnsTab = Readonly<{
	/** Kinds are still being read. */
	loading: boolean;
	report: NetReport;
	/** `run 12s ago` needs the moment; undefined: not probed. */
	run: Readonly<
		{state: 'none'} | {state: 'running'; done: number; total: number} | {state: 'ended'; at: number; answered: number; asked: number; cancelled: boolean}
	>;
	reads: number;
	columns: readonly DnsColumn[];
	rows: readonly DnsRow[];
	/** CoreDNS's way to the API server, as far as the client shows it. */
	api?: Said;
	names: readonly DnsName[];
	/** Who asked for the names. */
	namesFrom?: string;
	lookup?: LookupPlan;
	config: readonly Said[];
	servers: readonly DnsServerRow[];
	logs: ReadonlyArray<LogCount & Readonly<{pod: string}>>;
	resolver?: Readonly<{pod: string; predicted: PredictedResolvConf}>;
	/** Findings beside the verdict's own. */
	others: readonly Finding[];
	/** When metrics were read last. */
	metricsAt?: number;
}>;
