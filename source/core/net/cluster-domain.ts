import {textAt} from '../field.ts';
import type {KubeObject} from '../kubernetes.ts';

/** The name of a cluster's DNS domain where nothing says otherwise (kubelet `clusterDomain`). */
export const usualClusterDomain = 'cluster.local';

/** The DNS domain of the cluster by its own settings: kubelet-config's clusterDomain, else the zone that CoreDNS serves from the API. */
export function clusterDomainOf(configMaps: readonly KubeObject[]): string {
	const values = (name: string, key: string): readonly string[] =>
		configMaps.filter(({metadata}) => metadata.name === name && metadata.namespace === 'kube-system').flatMap(map => textAt(map, 'data', key) ?? []);
	const kubelet = values('kubelet-config', 'kubelet').map(text => /^clusterDomain:\s*["']?([A-Za-z0-9.-]+)/m.exec(text)?.[1]);
	const corefile = values('coredns', 'Corefile').map(text => /^\s*kubernetes\s+([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)\.?\s/m.exec(text)?.[1]);
	return [...kubelet, ...corefile].find(domain => domain !== undefined && !/\.arpa$/.test(domain)) ?? usualClusterDomain;
}
