import type {Check, ClusterView} from '../core/check.ts';
import {conditionOf} from '../core/conditions.ts';
import {coverageFinding} from '../core/diagnose/coverage.ts';
import {fieldAt} from '../core/field.ts';
import type {Finding} from '../core/finding.ts';
import type {KubeObject} from '../core/kubernetes.ts';
import {selectorMatches} from '../core/label-selector.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetNode, NetPod} from '../core/net/net-objects.ts';
import {hasEnded, refOf} from '../core/net/trace/cluster-index.ts';
import {podTrouble} from '../core/net/trace/pod-trouble.ts';
import {timestamp} from '../core/timestamp.ts';

const ids = ['KPROXY_NOT_RUNNING'];
const heading = {ids, title: 'kube-proxy runs on every node', family: 'Node'};
/** What does kube-proxy's work where it is not there. */
const replacements: ReadonlyArray<readonly [name: RegExp, title: string]> = [
	[/^cilium$|^anetd$/, 'cilium may replace it'],
	[/^kube-router/, 'kube-router may replace it'],
	[/^antrea-agent$/, 'antrea may replace it'],
	[/^ovnkube-node/, 'ovn-kubernetes replaces it'],
	[/^calico-node$/, 'calico may replace it'],
];

/** diagnosis.md 2.2, check 32. Where kube-proxy is no DaemonSet nothing is said: it may be a process of the host, a part of k3s, or replaced. */
export const kubeProxy: Check = {
	...heading,
	reads: ['daemonsets.apps', 'pods', 'nodes'],
	graceMs: 90_000,
	*run(view) {
		const sets = view.all('daemonsets.apps');
		const [set] = sets.filter(({metadata}) => /^kube-proxy(?:-|$)/.test(metadata.name) && metadata.namespace === 'kube-system');
		if (!set) {
			yield coverageFinding(heading, absentWhy(view, sets));
			return;
		}
		const pods = view
			.all<NetPod>('pods')
			.filter(
				pod =>
					pod.metadata.namespace === set.metadata.namespace && !hasEnded(pod) && selectorMatches(fieldAt(set, 'spec', 'selector'), pod.metadata.labels ?? {}),
			);
		const missing = view
			.all<NetNode>('nodes')
			.filter(node => isReadyNode(node) && isMeant(set, node) && !pods.some(pod => pod.spec?.nodeName === node.metadata.name && isReady(pod)));
		if (missing.length > 0) yield notRunning(view, {set, pods, missing});
	},
};

function absentWhy(view: ClusterView, sets: readonly KubeObject[]): string {
	const isK3s = view.all<NetNode>('nodes').some(({status}) => /\+(?:k3s|rke2)/.test(status?.nodeInfo?.kubeletVersion ?? ''));
	const found = replacements.find(([name]) => sets.some(({metadata}) => name.test(metadata.name)));
	const other = isK3s ? 'k3s has it built in' : (found?.[1] ?? 'it may run as a process of the hosts');
	return `there is no DaemonSet kube-proxy: ${other}`;
}

function isReadyNode({status}: NetNode): boolean {
	return conditionOf(status?.conditions, 'Ready')?.status === 'True';
}

function isReady({status, metadata}: NetPod): boolean {
	return metadata.deletionTimestamp === undefined && conditionOf(status?.conditions, 'Ready')?.status === 'True';
}

/** Its nodeSelector leaves out Windows nodes, for instance. */
function isMeant(set: KubeObject, {metadata}: NetNode): boolean {
	return selectorMatches({matchLabels: fieldAt(set, 'spec', 'template', 'spec', 'nodeSelector') ?? {}}, {'kubernetes.io/os': 'linux', ...metadata.labels});
}

type Missing = Readonly<{set: KubeObject; pods: readonly NetPod[]; missing: readonly NetNode[]}>;

function notRunning(view: ClusterView, {set, pods, missing}: Missing): Finding {
	const ref = refOf(set);
	const namespace = ref.namespace ?? 'kube-system';
	const on = (node: NetNode): NetPod | undefined => pods.find(pod => pod.spec?.nodeName === node.metadata.name);
	const [first] = missing.flatMap(node => on(node) ?? []);
	const moments = missing.map(node =>
		timestamp(conditionOf(on(node)?.status?.conditions, 'Ready')?.lastTransitionTime ?? on(node)?.metadata.deletionTimestamp),
	);
	const known = moments.filter(moment => moment !== undefined);
	return fault({
		id: 'KPROXY_NOT_RUNNING',
		family: 'Node',
		severity: 'critical',
		confidence: 'proven',
		subject: ref,
		title: `kube-proxy is not ready on ${missing
			.map(({metadata}) => metadata.name)
			.slice(0, 6)
			.join(', ')}${missing.length > 6 ? ` and ${missing.length - 6} more` : ''}: Service rules there grow old`,
		...(known.length < moments.length || known.length === 0 ? {} : {since: Math.min(view.now, ...known)}),
		evidence: missing.slice(0, 6).map(node => {
			const pod = on(node);
			return fact(refOf(node), 'kube-proxy pod', pod ? `${pod.metadata.name}: ${podTrouble(pod)}` : 'none');
		}),
		remedy: [
			...(first ? [{text: 'See why it does not run', command: `kubectl -n ${namespace} logs ${first.metadata.name}`, changes: false}] : []),
			{text: 'Start it again everywhere', command: `kubectl -n ${namespace} rollout restart daemonset ${ref.name}`, changes: true},
		],
	});
}
