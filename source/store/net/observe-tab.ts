import type {ClusterView} from '../../core/check.ts';
import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import type {NetworkTab} from '../../core/net/network-view.ts';
import type {Observation} from '../../core/observation.ts';
import {observeDns} from './observe-dns.ts';
import {observeNodes} from './observe-nodes.ts';
import {observeProxies} from './observe-proxies.ts';
import {observeTls} from './observe-tls.ts';

export type TabReads = Pick<ClusterClient, 'can' | 'list' | 'logs' | 'skewMs' | 'table' | 'text' | 'tlsSecret'>;

/**
 * What is read beside the objects of a tab: of DNS its logs, metrics and settings; of paths and nodes what kube-proxy says; of nodes
 * also the server's version and what k3s keeps of them; of routes their certificates. Sends GETs and access reviews only. Never rejects but by its signal.
 */
export async function observeTab(
	tab: NetworkTab,
	{client, view, clock}: Readonly<{client: TabReads; view: ClusterView; clock: Clock}>,
	signal: AbortSignal,
): Promise<readonly Observation[]> {
	switch (tab) {
		case 'dns':
			return await observeDns(client, view, clock, signal);
		case 'routes':
			return await observeTls(client, view, clock, signal);
		case 'policy':
			return [];
		case 'path':
			return await observeProxies(client, {view, nodes: [], clock}, signal);
		case 'probes':
			return (await Promise.all([observeProxies(client, {view, nodes: [], clock}, signal), observeNodes(client, view, clock, signal)])).flat();
	}
}
