import {judged, statusColumn} from '../core/judgement.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name, quantity, server} from '../core/standard-columns.ts';
import {judgeVolume} from '../core/volume-state.ts';

export const persistentVolumes: ResourceKind = {
	apiVersion: 'v1',
	kind: 'PersistentVolume',
	plural: 'persistentvolumes',
	aliases: [],
	scope: 'cluster',
	mode: 'metadata',
	family: 'storage',
	columns: [
		name,
		quantity('Capacity', {priority: 2}),
		server('Access Modes', {priority: 5}),
		server('Reclaim Policy', {priority: 4}),
		statusColumn(judgeVolume),
		server('Claim', {priority: 2, cut: 'middle'}),
		server('StorageClass', {priority: 3}),
		server('VolumeAttributesClass', {wide: true}),
		server('Reason', {priority: 5}),
		age,
		server('VolumeMode', {wide: true}),
		labels,
	],
	sort: {by: 'name'},
	...judged(judgeVolume),
};
