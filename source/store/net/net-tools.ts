import type {Catalogue} from '../../core/catalogue.ts';
import type {Check, ClusterView} from '../../core/check.ts';
import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import type {ProbeSource} from '../../core/net/cell.ts';
import {dnsCluster} from '../../core/net/dns/dns-cluster.ts';
import type {NetPod} from '../../core/net/net-objects.ts';
import {type ChosenSources, chooseSources} from '../../core/net/probe/choose-sources.ts';
import type {Probe} from '../../core/probe.ts';
import type {ProbeRecord} from './probe-record.ts';

/** What a network run works with. */
export type NetTools = Readonly<{
	client: ClusterClient;
	catalogue: Catalogue;
	/** source/checks/index.ts */
	checks: readonly Check[];
	/** source/probes/index.ts */
	probes: readonly Probe[];
	clock: Clock;
	/** What -n said: routes and the policy grid are narrowed to it. */
	namespace?: string;
	/** 0 <= n < 1 */
	random(): number;
	/** Each command that a probe sent, as it ends: for the local log. */
	record?(entry: ProbeRecord): void;
}>;

/** Nodes beyond the client's from which is asked as well (diagnosis.md 4.3). */
const mostOtherNodes = 5;

/** The client pod and those that are asked from beside it. */
export function sourcesFor(view: ClusterView, from: string | undefined, namespace: string): ChosenSources {
	const dnsNodes = new Set(dnsCluster(view).pods.flatMap(({spec}) => spec?.nodeName ?? []));
	return chooseSources({view, ...(from === undefined ? {} : {from}), namespace, dnsNodes, otherNodes: mostOtherNodes, nodeNetwork: true});
}

/** The pod of a source, as the view has it. */
export function podOf(view: ClusterView, source: Pick<ProbeSource, 'namespace' | 'pod'> | undefined): NetPod | undefined {
	if (!source) return undefined;
	return view.all<NetPod>('pods').find(({metadata}) => metadata.namespace === source.namespace && metadata.name === source.pod);
}

/** A client that was named by hand and may not run: its path can be traced, it cannot be asked. */
export function podNamed(view: ClusterView, from: string | undefined, namespace: string): NetPod | undefined {
	if (from === undefined) return undefined;
	const [first = '', second] = from.split('/');
	return podOf(view, second === undefined ? {namespace, pod: first} : {namespace: first, pod: second});
}
