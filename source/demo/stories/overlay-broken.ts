import {addClusterServices} from '../build/cluster-services.ts';
import {buildDemoCluster, minuteMs} from '../build/demo-cluster.ts';
import {settle} from '../control-plane/settle.ts';
import type {DemoStory} from '../story.ts';
import {failLookups} from './failing-lookups.ts';

/** It runs one of the two CoreDNS pods. */
const cutNode = 'node-b1';

export const overlayBroken: DemoStory = {
	name: 'overlay-broken',
	title: `No packet of the overlay reaches or leaves ${cutNode}: its pods and those of the other nodes cannot talk, half of all lookups time out.`,
	namespace: 'shop',
	isLiving: true,
	build(cluster) {
		buildDemoCluster(cluster);
		settle(cluster);
		const since = cluster.now() - 18 * minuteMs;
		failLookups(cluster, {app: 'cart', host: 'payments', since});
		failLookups(cluster, {app: 'catalog', host: 'pg.data', since, nodes: [cutNode]});
		addClusterServices(cluster);
		cluster.settings.network.cutNodes.add(cutNode);
	},
};
