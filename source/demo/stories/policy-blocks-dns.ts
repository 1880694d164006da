import {addClusterServices} from '../build/cluster-services.ts';
import {buildDemoCluster, minuteMs} from '../build/demo-cluster.ts';
import {add} from '../build/foundation.ts';
import type {DemoCluster} from '../cluster.ts';
import {settle} from '../control-plane/settle.ts';
import type {DemoStory} from '../story.ts';
import {failLookups} from './failing-lookups.ts';

/** Somebody allowed what the shop calls, and forgot that names have to be asked for first. */
function addLockdown(cluster: DemoCluster, createdAt: number): void {
	const toShop = {to: [{podSelector: {}}]};
	const toData = {to: [{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'data'}}}], ports: [{protocol: 'TCP', port: 5432}]};
	const spec = {podSelector: {}, policyTypes: ['Egress'], egress: [toShop, toData]};
	add(cluster, {apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: {name: 'egress-lockdown', namespace: 'shop'}, spec}, createdAt);
}

export const policyBlocksDns: DemoStory = {
	name: 'policy-blocks-dns',
	title: 'The NetworkPolicy shop/egress-lockdown lets the shop talk to itself and to its database, but not to the name servers.',
	namespace: 'shop',
	isLiving: true,
	build(cluster) {
		const since = cluster.now() - 6 * minuteMs;
		buildDemoCluster(cluster);
		settle(cluster);
		failLookups(cluster, {app: 'cart', host: 'payments', since});
		failLookups(cluster, {app: 'catalog', host: 'pg.data', since});
		addClusterServices(cluster);
		addLockdown(cluster, since);
	},
};
