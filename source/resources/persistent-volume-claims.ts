import {judged, statusColumn} from '../core/judgement.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name, quantity, server} from '../core/standard-columns.ts';
import {judgeClaim, type PersistentVolumeClaim} from '../core/volume-state.ts';

/** Whole objects, because a claim that is being resized says so in its conditions alone. */
export const persistentVolumeClaims: ResourceKind<PersistentVolumeClaim> = {
	apiVersion: 'v1',
	kind: 'PersistentVolumeClaim',
	plural: 'persistentvolumeclaims',
	aliases: [],
	scope: 'namespaced',
	mode: 'object',
	family: 'storage',
	beside: ['storageclasses'],
	columns: [
		name,
		statusColumn(judgeClaim),
		server('Volume', {priority: 4, cut: 'middle'}),
		quantity('Capacity', {priority: 2}),
		server('Access Modes', {priority: 5}),
		server('StorageClass', {priority: 3}),
		server('VolumeAttributesClass', {wide: true}),
		age,
		server('VolumeMode', {wide: true}),
		labels,
	],
	sort: {by: 'name'},
	...judged(judgeClaim),
};
