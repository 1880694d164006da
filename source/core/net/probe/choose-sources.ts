import type {ClusterView} from '../../check.ts';
import {isReady} from '../dns/dns-cluster.ts';
import type {NetContainer, NetPod} from '../net-objects.ts';
import type {ProbeSource, SourceRole} from '../cell.ts';

export type SourceWish = Readonly<{
	view: ClusterView;
	/** `namespace/pod`; undefined: one is chosen. */
	from?: string;
	/** Where a client is looked for first. */
	namespace?: string;
	/** Nodes with a CoreDNS pod. */
	dnsNodes: ReadonlySet<string>;
	/** Other nodes that are asked from, at most. */
	otherNodes: number;
	/** hostNetwork pods as well, for what only the node's own network can tell. */
	nodeNetwork: boolean;
}>;

export type ChosenSources = Readonly<{client?: ProbeSource; sources: readonly ProbeSource[]; notes: readonly string[]}>;

/** Images that are known to have a shell, and some that are known to have none; of others nothing is known before they are asked. */
const withShell =
	/(?:busybox|alpine|debian|ubuntu|fedora|centos|rocky|netshoot|dnsutils|curl|toolbox|python|nginx|httpd|redis|postgres|mysql|mariadb|agnhost)\b/i;
const withoutShell =
	/(?:coredns|pause|distroless|metrics-server|kube-proxy|kube-apiserver|kube-controller-manager|kube-scheduler|etcd|cert-manager|external-dns|scratch|bare)\b/i;
/** Beside the application: exec there tells of the mesh, not of the application. */
const sidecars: ReadonlySet<string> = new Set(['istio-proxy', 'linkerd-proxy', 'istio-init', 'linkerd-init', 'vault-agent', 'cloud-sql-proxy']);
const systemNamespaces = /^(?:kube-.*|.*-system|openshift.*)$/;

type Candidate = Readonly<{pod: NetPod; container: string; shell: 'known' | 'unknown' | 'none'; node: string; ip: string}>;

/** The client, one running pod a node besides (the client's namespace first), and why a column stays empty. Rules: diagnosis.md 4.3. */
export function chooseSources(wish: SourceWish): ChosenSources {
	const {view, from, namespace} = wish;
	const candidates = view.all<NetPod>('pods').flatMap(candidate);
	const found =
		from === undefined
			? bestOf(
					candidates.filter(({pod}) => !isOnHost(pod)),
					namespace,
				)
			: named(view, candidates, from, namespace);
	if (typeof found === 'string') return {sources: [], notes: [found]};
	if (found === undefined) return {sources: [], notes: ['There is no running pod to ask from.']};
	const home = found.pod.metadata.namespace;
	const others = candidates.filter(({pod}) => pod.metadata.uid !== found.pod.metadata.uid);
	const client = sourceOf(found, 'A', wish);
	const inPodNetwork = others.filter(({pod, shell}) => !isOnHost(pod) && shell !== 'none');
	// Beside the client, a pod that somebody else owns tells more: policies select by owner's labels.
	const ownersOf = ({pod}: Candidate) => pod.metadata.ownerReferences?.[0]?.uid;
	const beside = inPodNetwork.filter(({node}) => node === found.node);
	const neighbour =
		bestOf(
			beside.filter(one => ownersOf(one) !== ownersOf(found)),
			home,
		) ?? bestOf(beside, home);
	const {nodes, notes} = otherNodes(view, wish, found.node);
	const elsewhere = nodes.map(node => ({
		node,
		best: bestOf(
			inPodNetwork.filter(one => one.node === node),
			home,
		),
	}));
	const onHosts = wish.nodeNetwork ? hostSources(others, [found.node, ...nodes], wish) : [];
	return {
		client,
		sources: [
			client,
			...(neighbour === undefined ? [] : [sourceOf(neighbour, 'B', wish)]),
			...elsewhere.flatMap(({best}) => (best === undefined ? [] : [sourceOf(best, wish.dnsNodes.has(best.node) ? 'F' : 'D', wish)])),
			...onHosts,
		],
		notes: [
			...(found.shell === 'none' ? [`${nameOf(found)} is an image without a shell: little or nothing can be asked from it by exec.`] : []),
			...elsewhere.flatMap(({node, best}) => (best === undefined ? [`No running pod on ${node} that could be asked from: its column stays empty.`] : [])),
			...notes,
		],
	};
}

/** The number of names says which comes first; `kube-system` pods last, pods of Jobs, which may end meanwhile, before those only. */
function bestOf(candidates: readonly Candidate[], namespace: string | undefined): Candidate | undefined {
	const rank = ({pod, shell}: Candidate) =>
		(shell === 'none' ? 100 : shell === 'unknown' ? 2 : 0) +
		(pod.metadata.namespace === namespace ? 0 : systemNamespaces.test(pod.metadata.namespace ?? '') ? 20 : 10) +
		(isReady(pod) ? 0 : 1) +
		(pod.metadata.ownerReferences?.some(({kind}) => kind === 'Job') ? 15 : 0);
	return candidates.toSorted((a, b) => rank(a) - rank(b) || (nameOf(a) < nameOf(b) ? -1 : 1))[0];
}

function named(view: ClusterView, candidates: readonly Candidate[], from: string, namespace = 'default'): Candidate | string {
	const [first = '', second] = from.split('/');
	const wanted = second === undefined ? `${namespace}/${first}` : from;
	const found = candidates.find(one => nameOf(one) === wanted);
	if (found !== undefined) return found;
	const pod = view.all<NetPod>('pods').find(({metadata}) => `${metadata.namespace}/${metadata.name}` === wanted);
	if (pod === undefined) return `There is no pod ${wanted}.`;
	return `${wanted} is not running (${pod.metadata.deletionTimestamp === undefined ? (pod.status?.phase ?? 'no phase yet') : 'Terminating'}), so nothing can be asked from it.`;
}

function otherNodes(view: ClusterView, {dnsNodes, otherNodes: most}: SourceWish, own: string): Readonly<{nodes: readonly string[]; notes: readonly string[]}> {
	const known = new Set([...view.all('nodes').map(({metadata}) => metadata.name), ...view.all<NetPod>('pods').flatMap(({spec}) => spec?.nodeName ?? [])]);
	known.delete(own);
	// CoreDNS nodes first: from there its pods are asked without the network between nodes.
	const ordered = [...known].toSorted((a, b) => Number(dnsNodes.has(b)) - Number(dnsNodes.has(a)) || (a < b ? -1 : 1));
	const left = ordered.length - most;
	return {nodes: ordered.slice(0, most), notes: left > 0 ? [`${left} more nodes are not asked from.`] : []};
}

function hostSources(others: readonly Candidate[], nodes: readonly string[], wish: SourceWish): readonly ProbeSource[] {
	return nodes.flatMap((node, index) => {
		const best = bestOf(
			others.filter(one => isOnHost(one.pod) && one.node === node && one.shell !== 'none'),
			undefined,
		);
		return best === undefined ? [] : [sourceOf(best, index === 0 ? 'C' : 'E', wish)];
	});
}

/** A pod that runs, has an address, and has a container that runs and is no sidecar. */
function candidate(pod: NetPod): readonly Candidate[] {
	const {spec, status, metadata} = pod;
	const node = spec?.nodeName;
	const ip = status?.podIP;
	if (status?.phase !== 'Running' || metadata.deletionTimestamp !== undefined || node === undefined || ip === undefined) return [];
	const running = (spec?.containers ?? []).filter(({name}) => !sidecars.has(name) && isRunning(pod, name));
	const [best] = running.toSorted((a, b) => shellRank[shellOf(a)] - shellRank[shellOf(b)]);
	return best === undefined ? [] : [{pod, container: best.name, shell: shellOf(best), node, ip}];
}

const shellRank = {known: 0, unknown: 1, none: 2} as const;

function shellOf({image = ''}: NetContainer): Candidate['shell'] {
	if (withShell.test(image)) return 'known';
	return withoutShell.test(image) ? 'none' : 'unknown';
}

function isRunning({status}: NetPod, container: string): boolean {
	const found = status?.containerStatuses?.find(({name}) => name === container);
	return found === undefined || found.state?.running !== undefined;
}

function isOnHost({spec}: NetPod): boolean {
	return spec?.hostNetwork === true;
}

function nameOf({pod}: Candidate): string {
	return `${pod.metadata.namespace}/${pod.metadata.name}`;
}

function sourceOf({pod, container, node, ip}: Candidate, role: SourceRole, {dnsNodes}: SourceWish): ProbeSource {
	return {role, namespace: pod.metadata.namespace ?? 'default', pod: pod.metadata.name, container, node, podIp: ip, hasDns: dnsNodes.has(node)};
}

/** Columns C and E: pods in the network of the node, made on the client's node and on one with CoreDNS. Only the way `pod` can have them. */
export function hostColumns(sources: readonly ProbeSource[]): readonly ProbeSource[] {
	const [client] = sources;
	if (client === undefined) return [];
	const other = sources.find(({node, hasDns}) => hasDns && node !== client.node) ?? sources.find(({node}) => node !== client.node);
	const made = (from: ProbeSource, role: SourceRole): ProbeSource => ({...from, role, pod: '', container: '', podIp: ''});
	return [made(client, 'C'), ...(other === undefined ? [] : [made(other, 'E')])];
}
