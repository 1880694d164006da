import type {DemoCluster} from '../cluster.ts';
import {at, recordsAt, textAt} from '../json.ts';
import {resolvConf} from '../network/names.ts';
import {seedOf} from '../random.ts';
import type {StoredObject} from '../stored-object.ts';
import type {Files} from './machine.ts';

/** MTUs as flannel leaves them: 50 bytes less for the tunnel. */
const podInterfaces = {eth0: 1450, lo: 65_536};
const nodeInterfaces = {cni0: 1450, eth0: 1500, 'flannel.1': 1450, lo: 65_536};

const hosts = `# Kubernetes-managed hosts file.
127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
fe00::0\tip6-localnet
fe00::1\tip6-allnodes
fe00::2\tip6-allrouters
`;

const osRelease = 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.1\nPRETTY_NAME="Alpine Linux v3.22"\n';

/** What the kernel says of the network that a pod is in: its own, or that of its node. */
function kernelFiles(cluster: DemoCluster, pod: StoredObject): Readonly<Record<string, string>> {
	const node = textAt(pod, 'spec', 'nodeName');
	const isHostNetwork = at(pod, 'spec', 'hostNetwork') === true;
	const isPlain = isHostNetwork && cluster.settings.network.plainBridges.has(node);
	const used = 400 + (seedOf(`${node} conntrack`) % 900);
	const interfaces = isHostNetwork ? nodeInterfaces : podInterfaces;
	return {
		'/proc/sys/net/ipv4/ip_forward': '1\n',
		'/proc/sys/net/bridge/bridge-nf-call-iptables': isPlain ? '0\n' : '1\n',
		'/proc/sys/net/ipv4/conf/all/rp_filter': '0\n',
		'/proc/sys/net/netfilter/nf_conntrack_count': `${isHostNetwork ? used : 12}\n`,
		'/proc/sys/net/netfilter/nf_conntrack_max': '131072\n',
		'/proc/net/stat/nf_conntrack': `entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop icmp_error  expect_new expect_create expect_delete search_restart\n${used.toString(16).padStart(8, '0')}  ${'00000000 '.repeat(16).trimEnd()}\n`,
		...Object.fromEntries(Object.entries(interfaces).map(([name, mtu]) => [`/sys/class/net/${name}/mtu`, `${mtu}\n`])),
	};
}

/** The files of a container, as far as anybody asks for them. */
export function containerFiles(cluster: DemoCluster, pod: StoredObject, uptimeMs: () => number): Files {
	const name = pod.metadata.name;
	const fixed: Readonly<Record<string, string>> = {
		...kernelFiles(cluster, pod),
		'/etc/hosts': `${hosts}${textAt(pod, 'status', 'podIP')}\t${name}\n`,
		'/etc/hostname': `${name}\n`,
		'/etc/os-release': osRelease,
		'/etc/resolv.conf': resolvConf(pod),
		'/proc/meminfo': 'MemTotal:       16777216 kB\nMemAvailable:    7340032 kB\n',
		'/var/run/secrets/kubernetes.io/serviceaccount/namespace': pod.metadata.namespace ?? '',
	};
	const mounted = mountedConfig(cluster, pod);
	const read = (path: string): string | undefined => {
		// Two numbers with a hundredth of a second, as the kernel prints them.
		if (path === '/proc/uptime') return `${(uptimeMs() / 1000).toFixed(2)} ${(uptimeMs() / 500).toFixed(2)}\n`;
		return fixed[path] ?? mounted[path];
	};
	const paths = [...Object.keys(fixed), ...Object.keys(mounted), '/proc/uptime'];
	return {
		read,
		matching(pattern) {
			const expression = new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/gu, '\\$&').replaceAll('*', '[^/]*')}$`, 'u');
			return paths.filter(path => expression.test(path)).toSorted();
		},
	};
}

/** The keys of ConfigMaps that the pod mounts as volumes. */
function mountedConfig(cluster: DemoCluster, pod: StoredObject): Readonly<Record<string, string>> {
	const files: Record<string, string> = {};
	for (const volume of recordsAt(pod, 'spec', 'volumes')) {
		const map = cluster.get('configmaps', pod.metadata.namespace, textAt(volume, 'configMap', 'name'));
		const mount = recordsAt(pod, 'spec', 'containers')
			.flatMap(container => recordsAt(container, 'volumeMounts'))
			.find(candidate => candidate['name'] === volume['name']);
		const data = at(map, 'data');
		if (typeof data !== 'object' || data === null || mount === undefined) continue;
		for (const [key, value] of Object.entries(data)) files[`${textAt(mount, 'mountPath')}/${key}`] = String(value);
	}
	return files;
}
