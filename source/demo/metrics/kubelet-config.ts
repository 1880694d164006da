import type {JsonObject} from '../json.ts';

/** What a kubelet of the demo runs with, as `/configz` tells it. `clusterDns`: the name servers it writes into pods. */
export function kubeletConfig(clusterDns: readonly string[]): JsonObject {
	return {
		kubeletconfig: {
			enableServer: true,
			syncFrequency: '1m0s',
			address: '0.0.0.0',
			port: 10250,
			authentication: {webhook: {enabled: true, cacheTTL: '2m0s'}, anonymous: {enabled: false}},
			authorization: {mode: 'Webhook'},
			clusterDomain: 'cluster.local',
			clusterDNS: clusterDns,
			nodeStatusUpdateFrequency: '10s',
			nodeLeaseDurationSeconds: 40,
			cgroupDriver: 'systemd',
			hairpinMode: 'promiscuous-bridge',
			maxPods: 110,
			resolvConf: '/run/systemd/resolve/resolv.conf',
			evictionHard: {'imagefs.available': '15%', 'memory.available': '100Mi', 'nodefs.available': '10%', 'nodefs.inodesFree': '5%'},
			makeIPTablesUtilChains: true,
			featureGates: {NodeLogQuery: true},
			containerLogMaxSize: '10Mi',
			containerLogMaxFiles: 5,
			enableSystemLogHandler: true,
			enableSystemLogQuery: true,
		},
	};
}
