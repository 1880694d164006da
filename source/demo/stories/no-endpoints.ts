import {addClusterServices} from '../build/cluster-services.ts';
import {buildDemoCluster} from '../build/demo-cluster.ts';
import {settle} from '../control-plane/settle.ts';
import type {DemoStory} from '../story.ts';

export const noEndpoints: DemoStory = {
	name: 'no-endpoints',
	title: 'The Service shop/promo selects no pods: its selector says app=promos, the pods say app=promo.',
	namespace: 'shop',
	isLiving: true,
	build(cluster) {
		buildDemoCluster(cluster, {shop: {promo: {serviceSelector: {app: 'promos'}}}});
		settle(cluster);
		addClusterServices(cluster);
	},
};
