import type {ClusterView} from '../check.ts';
import {flannelPorts} from './dns/system-config.ts';
import type {NetNode, NetPod, NetService} from './net-objects.ts';

/** What kind of cluster it is, as far as it changes what is looked for. `facts`: a few words each, for the reader. */
export type Distribution = Readonly<{name: 'k3s' | 'rke2' | 'other'; facts: readonly string[]}>;

const flannelPrefix = 'flannel.alpha.coreos.com/';

/** Recognises k3s and RKE2, which run kube-proxy and flannel inside of their own process: by the kubelets' version and node annotations. */
export function distributionOf(view: ClusterView): Distribution {
	const nodes = view.all<NetNode>('nodes');
	const versions = nodes.map(({status}) => status?.nodeInfo?.kubeletVersion ?? '');
	const name = versions.some(version => version.includes('+k3s')) ? 'k3s' : versions.some(version => version.includes('+rke2')) ? 'rke2' : 'other';
	if (name === 'other') return {name, facts: []};
	const pods = view.all<NetPod>('pods');
	const klipper = pods.filter(({metadata}) => metadata.name.startsWith('svclb-')).length;
	const traefik = view.all<NetService>('services').find(({metadata}) => metadata.namespace === 'kube-system' && metadata.name === 'traefik');
	const backend = nodes.map(({metadata}) => metadata.annotations?.[`${flannelPrefix}backend-type`]).find(type => type !== undefined);
	const port = backend === undefined ? undefined : flannelPorts[backend];
	return {
		name,
		facts: [
			`${name}: kube-proxy${backend === undefined ? '' : ' and flannel'} run inside of it (restart ${name === 'k3s' ? 'k3s or k3s-agent' : 'rke2-server or rke2-agent'})`,
			...(backend === undefined ? [] : [`flannel ${backend}${port === undefined ? '' : ` UDP ${port}`} by node annotations`]),
			...(klipper > 0 ? [`ServiceLB (klipper) ${klipper} pods: iptables, nothing listens on the ports`] : []),
			...(traefik ? [`traefik ${traefik.spec?.type ?? ''}`.trim()] : []),
		],
	};
}
