import {addClusterServices} from '../build/cluster-services.ts';
import {buildDemoCluster} from '../build/demo-cluster.ts';
import {settle} from '../control-plane/settle.ts';
import type {DemoStory} from '../story.ts';

export const healthy: DemoStory = {
	name: 'healthy',
	title: 'A shop with its data and monitoring on four nodes; everything is well.',
	namespace: 'shop',
	isLiving: true,
	build(cluster) {
		buildDemoCluster(cluster);
		settle(cluster);
		addClusterServices(cluster);
	},
};
