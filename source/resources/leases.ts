import type {Lease} from '../core/node-state.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, ageOf, labels, name, server} from '../core/standard-columns.ts';

/** Whole objects, because when a lease was renewed is what it is about. */
export const leases: ResourceKind<Lease> = {
	apiVersion: 'coordination.k8s.io/v1',
	kind: 'Lease',
	plural: 'leases',
	aliases: [],
	scope: 'namespaced',
	mode: 'object',
	columns: [
		name,
		server('Holder', {priority: 2, cut: 'middle', width: {min: 12, ideal: 40}}),
		ageOf<Lease>('Renewed', ({spec}) => spec?.renewTime, {priority: 2}),
		age,
		labels,
	],
	sort: {by: 'name'},
};
