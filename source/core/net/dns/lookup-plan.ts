import type {ClusterView} from '../../check.ts';
import type {DnsPod} from './dns-cluster.ts';
import {dnsCluster} from './dns-cluster.ts';
import {type NameAnswer, predictAnswer} from './name-answer.ts';
import {type DnsQuery, querySequence} from './query-sequence.ts';
import {type PredictedResolvConf, predictResolvConf, type ResolvConf} from './resolv-conf.ts';
import {systemConfig} from './system-config.ts';

/** A question of the sequence with its predicted answer; `reached`: false for what comes after the first answer. */
export type PlannedQuery = DnsQuery & Readonly<{answer: NameAnswer; reached: boolean}>;

/** What becomes of a name that a pod looks up. */
export type LookupPlan = Readonly<{
	name: string;
	/** `shop/cart`. */
	from: string;
	resolvConf: PredictedResolvConf;
	queries: readonly PlannedQuery[];
	/** Questions sent until the answer, A and AAAA counted. */
	asked: number;
	/** The one that answers; undefined: none does, or the upstream decides. */
	answered?: PlannedQuery;
}>;

/** What the kubelet of the pod's node gives to pods: its own answer, else the ConfigMap of kubeadm, else the DNS Service's address. */
export function predictedResolvConf(view: ClusterView, pod: DnsPod): PredictedResolvConf {
	const dns = dnsCluster(view);
	const kubelet = dns.kubelets.get(pod.spec?.nodeName ?? '');
	const {kubelet: common} = systemConfig(view, dns.service?.metadata.namespace);
	const told = kubelet?.clusterDns ?? common?.clusterDns;
	const nodeFile = kubelet?.resolvConf ?? common?.resolvConf;
	const clusterDns = told ?? dns.ips.slice(0, 1);
	const conf = predictResolvConf(pod, {
		clusterDns,
		clusterDomain: kubelet?.clusterDomain ?? common?.clusterDomain ?? view.clusterDomain,
		...(nodeFile === undefined ? {} : {nodeFile}),
	});
	const source = kubelet ? `kubelet of ${pod.spec?.nodeName}` : common ? 'ConfigMap kubelet-config' : 'the DNS Service, for the kubelet was not read';
	return conf.policy === 'ClusterFirst' ? {...conf, why: [...conf.why, `nameserver by ${source}`]} : conf;
}

/** The questions that looking up a name from this pod sends, in order, each with the answer that the objects foretell. */
export function planLookup(view: ClusterView, pod: DnsPod, name: string, real?: ResolvConf): LookupPlan {
	const predicted = predictedResolvConf(view, pod);
	const sequence = querySequence(name, real ?? predicted);
	const answers = sequence.map(query => ({...query, answer: predictAnswer(view, query.name)}));
	// A name outside may be answered by the upstream: nobody knows whether the search goes on behind it.
	const end = answers.findIndex(({answer}) => answer.rcode === 'NOERROR' || answer.rcode === 'outside');
	const queries = answers.map((query, index) => ({...query, reached: end === -1 || index <= end}));
	const last = end === -1 ? undefined : queries[end];
	return {
		name,
		from: `${pod.metadata.namespace ?? 'default'}/${pod.metadata.name}`,
		resolvConf: predicted,
		queries,
		asked: 2 * (end === -1 ? queries.length : end + 1),
		...(last?.answer.rcode === 'NOERROR' ? {answered: last} : {}),
	};
}
