import type {DemoCluster} from '../cluster.ts';
import {addBusinessWorkloads, type ShopChanges} from './business-workloads.ts';
import {addCustomResources} from './custom-resources.ts';
import {addApiServices, addFoundation, addNamespace} from './foundation.ts';
import {addNode, type NodeOptions} from './nodes.ts';
import {addPolicies} from './policies.ts';
import {addRbac} from './rbac.ts';
import {addStorageClasses} from './storage.ts';
import {addSystemWorkloads} from './system-workloads.ts';

export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

export type DemoClusterOptions = Readonly<{
	shop?: ShopChanges /** More options of single nodes, by name. */;
	nodes?: Readonly<Record<string, Partial<NodeOptions>>>;
}>;

const nodeNames = ['node-a1', 'node-a2', 'node-b1', 'node-b2'];

/** The cluster that the small stories share: four nodes in two zones, nine namespaces, about sixty pods once it is settled. */
export function buildDemoCluster(cluster: DemoCluster, options: DemoClusterOptions = {}): void {
	const installedAt = cluster.now() - 212 * dayMs;
	const deployedAt = cluster.now() - 21 * dayMs;
	addFoundation(cluster, installedAt);
	for (const [index, name] of nodeNames.entries()) {
		const zone = name.startsWith('node-a') ? 'eu-central-1a' : 'eu-central-1b';
		addNode(cluster, {name, number: index + 1, createdAt: installedAt + index * minuteMs, zone, ...options.nodes?.[name]});
	}
	for (const name of ['shop', 'data', 'search', 'monitoring', 'gateway']) addNamespace(cluster, name, installedAt, {team: name});
	addRbac(cluster, installedAt);
	addStorageClasses(cluster, installedAt);
	addCustomResources(cluster, installedAt);
	addApiServices(cluster, installedAt);
	addSystemWorkloads(cluster, installedAt);
	addPolicies(cluster, deployedAt);
	addBusinessWorkloads(cluster, deployedAt, options.shop ?? {});
}
