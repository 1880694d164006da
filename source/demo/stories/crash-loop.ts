import {addClusterServices} from '../build/cluster-services.ts';
import {buildDemoCluster, minuteMs} from '../build/demo-cluster.ts';
import {add} from '../build/foundation.ts';
import {settle} from '../control-plane/settle.ts';
import type {DemoStory} from '../story.ts';

/** Everything the new version wants but the one that it cannot do without. */
const settings = {
	CACHE_TTL: '30s',
	CURRENCY: 'EUR',
	FEATURES: 'gift-cards,split-payment',
	LOG_LEVEL: 'info',
	MAX_ITEMS: '99',
	METRICS_PORT: '9090',
	PAYMENT_TIMEOUT: '5s',
	QUEUE_URL: 'amqp://queue.data:5672',
	RETRIES: '3',
	TAX_SERVICE: 'http://tax',
	TZ: 'Europe/Berlin',
};

export const crashLoop: DemoStory = {
	name: 'crash-loop',
	title: 'shop/checkout exits 1 since its last rollout: DB_URL is not set, and only the log of the run before says so.',
	namespace: 'shop',
	isLiving: true,
	build(cluster) {
		const rolledOutAt = cluster.now() - 9 * minuteMs;
		buildDemoCluster(cluster, {
			shop: {
				checkout: {
					fate: 'crash 1 2s',
					revision: 8,
					image: 'registry.example.test/shop/checkout:2.18.0',
					envFrom: {DB_URL: {configMap: 'checkout-env', key: 'DB_URL'}},
				},
			},
		});
		settle(cluster, {rolledOutAt: {'shop/checkout': rolledOutAt}});
		addClusterServices(cluster);
		add(cluster, {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'checkout-env', namespace: 'shop'}, data: settings}, rolledOutAt);
	},
};
