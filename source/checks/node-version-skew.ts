import type {Check} from '../core/check.ts';
import {coverageFinding} from '../core/diagnose/coverage.ts';
import type {Finding} from '../core/finding.ts';
import {refTo} from '../core/net/dns/dns-cluster.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetNode} from '../core/net/net-objects.ts';
import type {ServerVersionFacts} from '../core/net/server-facts.ts';

const heading = {ids: ['NODE_VERSION_SKEW'], title: 'versions of the nodes', family: 'node'};
/** Kubernetes' version skew policy: since 1.28 kubelets may be three minor versions older than the server, before it two. */
const olderSince128 = 3;
const olderBefore128 = 2;
const listed = 6;

type Component = 'kubelet' | 'kube-proxy';
type Running = Readonly<{node: NetNode; component: Component; version: string}>;

/** diagnosis.md 2.9, check 103: one finding a version, however many nodes have it. */
export const nodeVersionSkew: Check = {
	...heading,
	reads: ['nodes'],
	graceMs: 0,
	*run(view) {
		const [read] = view.observed<ServerVersionFacts>('api-server-version');
		// A tab that does not ask for it has nothing to say about it.
		if (!read) return;
		const server = read.outcome === 'ok' ? read.facts.gitVersion : '';
		const minor = minorOf(server);
		if (minor === undefined) {
			const why = read.outcome === 'failed' ? read.problem.cause : read.outcome === 'ok' ? `${server} is no version` : 'no answer in time';
			yield coverageFinding(heading, `the version of the API server is not known: ${why}`);
			return;
		}
		const running = view.all<NetNode>('nodes').flatMap(versionsOf);
		for (const group of Map.groupBy(running, ({component, version}) => `${component} ${version}`).values()) {
			const found = skewFinding(group, server, minor);
			if (found) yield found;
		}
	},
};

/** `v1.34.2-gke.100` -> 34. */
function minorOf(version: string): number | undefined {
	const minor = /^v?1\.(\d+)/.exec(version)?.[1];
	return minor === undefined ? undefined : Number(minor);
}

/** Kubelets until 1.32 tell their own version for kube-proxy's, later ones none (API reference, NodeSystemInfo): only another one says something. */
function versionsOf(node: NetNode): readonly Running[] {
	const {kubeletVersion = '', kubeProxyVersion = ''} = node.status?.nodeInfo ?? {};
	return [
		{node, component: 'kubelet', version: kubeletVersion},
		...(kubeProxyVersion === kubeletVersion ? [] : [{node, component: 'kube-proxy' as const, version: kubeProxyVersion}]),
	];
}

function skewFinding(group: readonly Running[], server: string, serverMinor: number): Finding | undefined {
	const [first] = group;
	const minor = minorOf(first?.version ?? '');
	if (!first || minor === undefined) return undefined;
	const older = serverMinor - minor;
	if (older >= 0 && older <= (serverMinor < 28 ? olderBefore128 : olderSince128)) return undefined;
	const {component, version} = first;
	const names = group.map(({node}) => node.metadata.name);
	const more = names.length > listed ? ` and ${names.length - listed} more` : '';
	const subject = refTo(first.node);
	return fault({
		id: 'NODE_VERSION_SKEW',
		family: 'node',
		severity: 'warning',
		confidence: 'proven',
		subject,
		part: `${component} ${version}`,
		title: `${names.length === 1 ? 'Node' : 'Nodes'} ${names.slice(0, listed).join(', ')}${more}: ${component} ${version} is ${older < 0 ? 'newer than' : `${older} minor versions older than`} the API server, ${server}`,
		evidence: [
			fact(subject, `status.nodeInfo.${component === 'kubelet' ? 'kubeletVersion' : 'kubeProxyVersion'}`, version),
			fact({apiVersion: 'k8tui', kind: 'Check', name: 'NODE_VERSION_SKEW'}, '/version gitVersion', server),
		],
		remedy: [
			{text: 'Compare the nodes', command: 'kubectl get nodes -o wide', changes: false},
			older < 0
				? {text: 'Upgrade the control plane first, nodes after it', command: 'kubectl version', changes: false}
				: {text: 'Upgrade the nodes one by one; move their pods away before', command: `kubectl drain ${subject.name} --ignore-daemonsets`, changes: true},
		],
	});
}
