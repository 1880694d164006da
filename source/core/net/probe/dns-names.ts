import type {ClusterView} from '../../check.ts';
import {serviceNameLabel} from '../../endpoints.ts';
import {addressesOf} from '../dns/dns-cluster.ts';
import type {NetService, NetSlice} from '../net-objects.ts';

/** A headless Service with ready pods: its name has their addresses. */
export function headlessName(view: ClusterView): Readonly<{name: string; addresses: readonly string[]}> | undefined {
	for (const service of view.all<NetService>('services')) {
		const {namespace, name} = service.metadata;
		if (service.spec?.clusterIP !== 'None' || service.spec.selector == null || addressesOf(service).length > 0) continue;
		const slices = view
			.all<NetSlice>('endpointslices.discovery.k8s.io')
			.filter(slice => slice.metadata.namespace === namespace && slice.metadata.labels?.[serviceNameLabel] === name);
		const ready = slices
			.filter(({addressType}) => addressType !== 'IPv6')
			.flatMap(({endpoints}) => endpoints ?? [])
			.filter(({conditions}) => conditions?.ready !== false);
		const addresses = ready.flatMap(endpoint => endpoint.addresses ?? []);
		if (addresses.length > 0) return {name: `${name}.${namespace}.svc.${view.clusterDomain}.`, addresses};
	}
	return undefined;
}

/** `web`, `web.shop`, `web.shop.svc` as a cluster name; what has more dots or ends with one is whole already. */
export function wholeName(name: string, namespace: string, domain: string): string {
	if (name.endsWith('.')) return name;
	const labels = name.split('.');
	if (name.endsWith(`.${domain}`)) return final(name);
	if (labels.length === 1) return `${name}.${namespace}.svc.${domain}.`;
	if (labels.length === 2) return `${name}.svc.${domain}.`;
	return labels.length === 3 && labels[2] === 'svc' ? `${name}.${domain}.` : final(name);
}

/** The one name that every cluster has. */
export function kubernetesName(domain: string): string {
	return `kubernetes.default.svc.${domain}.`;
}

/** The name with its final dot, so that no search list is tried. */
export function final(name: string): string {
	return name.endsWith('.') ? name : `${name}.`;
}
