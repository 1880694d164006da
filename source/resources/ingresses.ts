import {type Ingress, judgeIngress} from '../core/ingress-state.ts';
import {judged, statusColumn} from '../core/judgement.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name, server} from '../core/standard-columns.ts';

/** Whole objects, because backends and TLS Secrets are not in the server's columns. */
export const ingresses: ResourceKind<Ingress> = {
	apiVersion: 'networking.k8s.io/v1',
	kind: 'Ingress',
	plural: 'ingresses',
	aliases: [],
	scope: 'namespaced',
	mode: 'object',
	family: 'network',
	beside: ['services', 'endpointslices', 'secrets', 'ingressclasses'],
	columns: [name, server('Class'), server('Hosts', {priority: 2}), server('Address'), server('Ports', {priority: 5}), statusColumn(judgeIngress), age, labels],
	sort: {by: 'name'},
	...judged(judgeIngress),
};
