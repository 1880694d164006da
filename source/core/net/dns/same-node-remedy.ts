import type {Remedy} from '../../finding.ts';
import type {SystemConfig} from './system-config.ts';

/**
 * Replies between two pods of one node go over the bridge and never meet the rules that translate them back (kubernetes/kubernetes#21613,
 * #87426). First the kernel is told to pass them through iptables; masqueradeAll, which costs the client's address, comes second.
 */
export function sameNodeRemedy(node: string, kubeProxy: SystemConfig['kubeProxy']): readonly Remedy[] {
	const kernel: Remedy = {
		text: `On ${node}: pass bridged packets to iptables`,
		command: 'modprobe br_netfilter && sysctl -w net.bridge.bridge-nf-call-iptables=1',
		changes: true,
	};
	const persist: Remedy = {
		text: `On ${node}: and keep it so after a restart`,
		command: "echo br_netfilter > /etc/modules-load.d/k8s.conf && echo 'net.bridge.bridge-nf-call-iptables = 1' > /etc/sysctl.d/k8s.conf",
		changes: true,
	};
	if (kubeProxy?.masqueradeAll === true || kubeProxy?.mode === 'ipvs') return [kernel, persist];
	return [
		kernel,
		persist,
		{
			text: "Else, for the whole cluster: set masqueradeAll: true in kube-proxy's configuration. Pods then no longer see the client's address",
			command: 'kubectl -n kube-system edit configmap kube-proxy',
			changes: true,
		},
		{text: 'and restart kube-proxy, node by node', command: 'kubectl -n kube-system rollout restart daemonset/kube-proxy', changes: true},
	];
}
