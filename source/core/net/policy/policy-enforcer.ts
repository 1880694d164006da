import type {ClusterView} from '../../check.ts';
import {fieldAt, listAt, numberAt, textAt} from '../../field.ts';
import type {KubeObject, Ref} from '../../kubernetes.ts';
import {refOf} from '../trace/cluster-index.ts';

/** Who carries NetworkPolicies out, as far as the objects show: without one they are only written down. */
export type PolicyEnforcer = Readonly<
	| {state: 'enforced'; by: string; ready: number; nodes: number; seen: readonly Ref[]}
	| {state: 'not-enforced'; cni: string; why: string; seen: readonly Ref[]}
	| {state: 'unknown'; why: string}
>;

type Plugin = Readonly<{
	name: RegExp;
	title: string;
	enforces: 'yes' | 'no' | 'unknown';
	/** Only where this holds too. */
	if?(set: KubeObject): boolean;
}>;

/** DaemonSets of network plugins and policy agents, by how their names begin or end. The first that enforces wins. */
const plugins: readonly Plugin[] = [
	{name: /(?:^|-)calico-node$/, title: 'calico', enforces: 'yes'},
	{name: /(?:^|-)canal$/, title: 'canal', enforces: 'yes'},
	{name: /^cilium$|^anetd$/, title: 'cilium', enforces: 'yes'},
	{name: /^kube-router/, title: 'kube-router without its firewall', enforces: 'no', if: set => argsOf(set).includes('--run-firewall=false')},
	{name: /^kube-router/, title: 'kube-router', enforces: 'yes', if: set => !argsOf(set).includes('--run-firewall=false')},
	{name: /^antrea-agent$/, title: 'antrea', enforces: 'yes'},
	{name: /^weave-net$/, title: 'weave', enforces: 'yes'},
	{name: /^ovnkube-node/, title: 'ovn-kubernetes', enforces: 'yes'},
	{name: /^kube-ovn-cni$/, title: 'kube-ovn', enforces: 'yes'},
	{name: /^kube-network-policies/, title: 'kube-network-policies', enforces: 'yes'},
	{name: /^azure-npm/, title: 'azure-npm', enforces: 'yes'},
	{name: /^aws-node$/, title: 'aws-node with its policy agent', enforces: 'yes', if: set => argsOf(set).includes('--enable-network-policy=true')},
	{name: /^aws-node$/, title: 'aws-node', enforces: 'no', if: set => !argsOf(set).includes('--enable-network-policy=true')},
	// flannel's chart can run the agent beside itself (netpol.enabled).
	{name: /^kube-flannel/, title: 'kube-network-policies beside flannel', enforces: 'yes', if: runsPolicyAgent},
	{name: /^kube-flannel/, title: 'flannel', enforces: 'no', if: set => !runsPolicyAgent(set)},
	// Since v0.24 of kind it enforces; its DaemonSet looks the same.
	{name: /^kindnet$/, title: 'kindnet', enforces: 'unknown'},
];

/** Looks at DaemonSets, k3s' marks on nodes, and flannel's annotations (diagnosis.md check 38). */
export function policyEnforcer(view: ClusterView): PolicyEnforcer {
	const sets = view.all('daemonsets.apps');
	const found = plugins.flatMap(plugin =>
		sets.filter(set => plugin.name.test(set.metadata.name) && plugin.if?.(set) !== false).map(set => ({plugin, set, enforces: plugin.enforces})),
	);
	const enforcing = found.find(one => one.enforces === 'yes');
	if (enforcing) return {state: 'enforced', by: enforcing.plugin.title, ...countOf(enforcing.set), seen: [refOf(enforcing.set)]};
	const k3s = fromK3s(view);
	if (k3s) return k3s;
	const state = view.readable('daemonsets.apps').state;
	if (state !== 'ready' && state !== 'absent') return {state: 'unknown', why: 'DaemonSets could not be read'};
	const open = found.find(one => one.enforces === 'unknown');
	if (open) return {state: 'unknown', why: `${open.plugin.title} enforces policies in its newer versions only`};
	const idle = found.find(one => one.enforces === 'no');
	if (idle)
		return {
			state: 'not-enforced',
			cni: idle.plugin.title,
			why: `DaemonSet ${idle.set.metadata.name} carries the pod network, and no policy agent runs beside it`,
			seen: [refOf(idle.set)],
		};
	return fromFlannelNodes(view) ?? {state: 'unknown', why: 'no network plugin that is known was found'};
}

function runsPolicyAgent(set: KubeObject): boolean {
	return listAt(set, 'spec', 'template', 'spec', 'containers').some(container =>
		(textAt(container, 'image') ?? textAt(container, 'name') ?? '').includes('kube-network-policies'),
	);
}

function countOf(set: KubeObject): Readonly<{ready: number; nodes: number}> {
	return {ready: numberAt(set, 'status', 'numberReady') ?? 0, nodes: numberAt(set, 'status', 'desiredNumberScheduled') ?? 0};
}

function argsOf(set: KubeObject): readonly string[] {
	return listAt(set, 'spec', 'template', 'spec', 'containers').flatMap(container =>
		[...listAt(container, 'command'), ...listAt(container, 'args')].map(String),
	);
}

/** k3s has kube-router's policy controller built in, unless it was started without it. */
function fromK3s(view: ClusterView): PolicyEnforcer | undefined {
	const nodes = view.all('nodes').filter(node => (textAt(node, 'status', 'nodeInfo', 'kubeletVersion') ?? '').includes('+k3s'));
	if (nodes.length === 0) return undefined;
	const off = nodes.filter(({metadata}) => (metadata.annotations?.['k3s.io/node-args'] ?? '').includes('--disable-network-policy'));
	const [first] = off;
	if (first)
		return {state: 'not-enforced', cni: 'k3s flannel', why: `k3s on ${first.metadata.name} was started with --disable-network-policy`, seen: [refOf(first)]};
	return {state: 'enforced', by: "k3s' kube-router", ready: nodes.length, nodes: nodes.length, seen: nodes.slice(0, 1).map(refOf)};
}

/** flannel run outside the cluster (or by other DaemonSet names) still writes its annotations. */
function fromFlannelNodes(view: ClusterView): PolicyEnforcer | undefined {
	const [node] = view.all('nodes').filter(one => textAt(fieldAt(one, 'metadata', 'annotations'), 'flannel.alpha.coreos.com/backend-type') !== undefined);
	if (!node) return undefined;
	return {
		state: 'not-enforced',
		cni: 'flannel',
		why: `node ${node.metadata.name} carries flannel's annotations, and no policy agent runs`,
		seen: [refOf(node)],
	};
}
