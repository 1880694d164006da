import {addClusterServices} from '../build/cluster-services.ts';
import {buildDemoCluster, minuteMs} from '../build/demo-cluster.ts';
import {settle} from '../control-plane/settle.ts';
import type {DemoStory} from '../story.ts';
import {dnsNodes, failLookups} from './failing-lookups.ts';

export const dnsSameNode: DemoStory = {
	name: 'dns-same-node',
	title: 'Pods beside a CoreDNS pod lose its answers: the bridges of the nodes pass iptables by, so that a Service answers from the wrong address.',
	namespace: 'shop',
	isLiving: true,
	build(cluster) {
		buildDemoCluster(cluster);
		settle(cluster);
		failLookups(cluster, {app: 'cart', host: 'payments', since: cluster.now() - 12 * minuteMs, nodes: dnsNodes(cluster)});
		addClusterServices(cluster);
		for (const {metadata} of cluster.list('nodes')) cluster.settings.network.plainBridges.add(metadata.name);
	},
};
