import type {ClusterView} from '../../check.ts';
import {listAt, textAt} from '../../field.ts';
import type {KubeObject, Ref} from '../../kubernetes.ts';
import {plainYaml} from '../plain-yaml.ts';
import {type Corefile, parseCorefile} from './corefile.ts';

export type ConfigMap = Readonly<{ref: Ref; data: Readonly<Record<string, string>>; resourceVersion?: string}>;

/** What the system's ConfigMaps say; whatever could not be read or is not there is absent. */
export type SystemConfig = Readonly<{
	corefile?: Readonly<{ref: Ref; text: string; parsed: Corefile; resourceVersion?: string}>;
	nodeLocalCorefile?: Readonly<{ref: Ref; parsed: Corefile}>;
	/** The defaults are filled in: iptables, false. */
	kubeProxy?: Readonly<{ref: Ref; mode: string; masqueradeAll: boolean; clusterCidr: readonly string[]}>;
	kubelet?: Readonly<{ref: Ref; clusterDns: readonly string[]; clusterDomain?: string; resolvConf?: string; hairpinMode?: string}>;
	kubeadm?: Readonly<{ref: Ref; dnsDomain?: string; podSubnet: readonly string[]; serviceSubnet: readonly string[]}>;
	/** `port`: UDP, of vxlan 8472 unless said otherwise. */
	flannel?: Readonly<{ref: Ref; network: readonly string[]; backend: string; port?: number}>;
}>;

/** Reads the ConfigMaps of the system out of a view. */
export function systemConfig(view: ClusterView, dnsNamespace = 'kube-system'): SystemConfig {
	const find = (namespace: string, ...names: readonly string[]): ConfigMap | undefined =>
		names.map(name => configMap(view, namespace, name)).find(found => found !== undefined);
	const coredns = find(dnsNamespace, 'coredns', 'rke2-coredns-rke2-coredns', 'dns-default') ?? withCorefile(view, dnsNamespace);
	const custom = find(dnsNamespace, 'coredns-custom');
	const nodeLocal = find('kube-system', 'node-local-dns');
	const proxy = find('kube-system', 'kube-proxy');
	const kubelet = find('kube-system', 'kubelet-config') ?? newestOf(view, /^kubelet-config-1\.\d+$/);
	const kubeadm = find('kube-system', 'kubeadm-config');
	const flannel = find('kube-flannel', 'kube-flannel-cfg') ?? find('kube-system', 'kube-flannel-cfg', 'canal-config');
	const text = coredns?.data['Corefile'];
	return {
		...(coredns && text !== undefined ? {corefile: {...placeOf(coredns), text, parsed: parseCorefile(text, custom?.data ?? {})}} : {}),
		...(nodeLocal?.data['Corefile'] === undefined ? {} : {nodeLocalCorefile: {ref: nodeLocal.ref, parsed: parseCorefile(nodeLocal.data['Corefile'])}}),
		...(proxy ? {kubeProxy: readProxy(proxy)} : {}),
		...(kubelet ? {kubelet: readKubelet(kubelet)} : {}),
		...(kubeadm ? {kubeadm: readKubeadm(kubeadm)} : {}),
		...(flannel ? {flannel: readFlannel(flannel)} : {}),
	};
}

function configMap(view: ClusterView, namespace: string, name: string): ConfigMap | undefined {
	const listed = view.all('configmaps').find(({metadata}) => metadata.namespace === namespace && metadata.name === name);
	return listed && ofObject(listed);
}

function ofObject(object: KubeObject): ConfigMap {
	const {namespace, name, uid, resourceVersion} = object.metadata;
	const ref = {apiVersion: 'v1', kind: 'ConfigMap', ...(namespace === undefined ? {} : {namespace}), name, ...(uid === undefined ? {} : {uid})};
	// Items of the kind `configmaps` have texts under data.
	const {data = {}} = object as KubeObject & Readonly<{data?: Readonly<Record<string, string>>}>;
	return {ref, data, ...(resourceVersion === undefined ? {} : {resourceVersion})};
}

/** CoreDNS under another name: a ConfigMap of its namespace that has a Corefile. */
function withCorefile(view: ClusterView, namespace: string): ConfigMap | undefined {
	return view
		.all('configmaps')
		.map(ofObject)
		.find(({ref, data}) => ref.namespace === namespace && data['Corefile'] !== undefined && !ref.name.includes('node-local'));
}

function newestOf(view: ClusterView, pattern: RegExp): ConfigMap | undefined {
	return view
		.all('configmaps')
		.filter(({metadata: {namespace, name}}) => namespace === 'kube-system' && pattern.test(name))
		.toSorted((a, b) => b.metadata.name.localeCompare(a.metadata.name, 'en', {numeric: true}))
		.map(ofObject)[0];
}

function placeOf({ref, resourceVersion}: ConfigMap): Readonly<{ref: Ref; resourceVersion?: string}> {
	return {ref, ...(resourceVersion === undefined ? {} : {resourceVersion})};
}

function readProxy({ref, data}: ConfigMap): NonNullable<SystemConfig['kubeProxy']> {
	const config = plainYaml(data['config.conf'] ?? data['config'] ?? '');
	const section = textAt(config, 'mode') === 'nftables' ? 'nftables' : textAt(config, 'mode') === 'ipvs' ? 'ipvs' : 'iptables';
	return {
		ref,
		mode: textAt(config, 'mode') ?? 'iptables',
		masqueradeAll: (textAt(config, section, 'masqueradeAll') ?? textAt(config, 'iptables', 'masqueradeAll')) === 'true',
		clusterCidr: listed(textAt(config, 'clusterCIDR')),
	};
}

function readKubelet({ref, data}: ConfigMap): NonNullable<SystemConfig['kubelet']> {
	const config = plainYaml(data['kubelet'] ?? '');
	const [domain, resolvConf, hairpinMode] = ['clusterDomain', 'resolvConf', 'hairpinMode'].map(key => textAt(config, key));
	return {
		ref,
		clusterDns: listAt(config, 'clusterDNS').map(String),
		...(domain === undefined ? {} : {clusterDomain: domain}),
		...(resolvConf === undefined ? {} : {resolvConf}),
		...(hairpinMode === undefined ? {} : {hairpinMode}),
	};
}

function readKubeadm({ref, data}: ConfigMap): NonNullable<SystemConfig['kubeadm']> {
	const config = plainYaml(data['ClusterConfiguration'] ?? '');
	const domain = textAt(config, 'networking', 'dnsDomain');
	return {
		ref,
		...(domain === undefined ? {} : {dnsDomain: domain}),
		podSubnet: listed(textAt(config, 'networking', 'podSubnet')),
		serviceSubnet: listed(textAt(config, 'networking', 'serviceSubnet')),
	};
}

function readFlannel({ref, data}: ConfigMap): NonNullable<SystemConfig['flannel']> {
	// JSON is YAML.
	const config = plainYaml(data['net-conf.json'] ?? '');
	const backend = (textAt(config, 'Backend', 'Type') ?? 'udp').toLowerCase();
	const port = Number(textAt(config, 'Backend', backend === 'wireguard' ? 'ListenPort' : 'Port') ?? flannelPorts[backend] ?? Number.NaN);
	const network = [textAt(config, 'Network'), textAt(config, 'IPv6Network')].filter(one => one !== undefined);
	return {ref, network, backend, ...(Number.isNaN(port) ? {} : {port})};
}

/** UDP ports of flannel's backends where nothing else is set (flannel Documentation/backends.md). */
export const flannelPorts: Readonly<Record<string, number>> = {vxlan: 8472, udp: 8285, wireguard: 51_820};

function listed(text: string | undefined): readonly string[] {
	return (text ?? '').split(',').filter(one => one !== '');
}
