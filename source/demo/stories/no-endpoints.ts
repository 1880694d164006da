import {buildDemoCluster} from '../build/demo-cluster.ts';
import {settle} from '../control-plane/settle.ts';
import type {DemoStory} from '../story.ts';

export const noEndpoints: DemoStory = {
	name: 'no-endpoints',
	title: 'The Service shop/promo selects no pods: its selector says app=promos, the pods say app=promo.',
	tour: [
		'Open services and look at promo: it has an address, and nobody behind it.',
		'Open its EndpointSlice: no endpoints.',
		'Compare the selector with the labels of the promo pods: app=promos and app=promo.',
	],
	isLiving: true,
	build(cluster) {
		buildDemoCluster(cluster, {shop: {promo: {serviceSelector: {app: 'promos'}}}});
		settle(cluster);
	},
};
