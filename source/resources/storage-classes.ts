import type {ResourceKind} from '../core/resource-kind.ts';
import {age, annotated, labels, name, server} from '../core/standard-columns.ts';

/** The server writes the default one into NAME, `standard (default)`; here it has a column, so that names stay names. */
export const storageClasses: ResourceKind = {
	apiVersion: 'storage.k8s.io/v1',
	kind: 'StorageClass',
	plural: 'storageclasses',
	aliases: [],
	scope: 'cluster',
	mode: 'metadata',
	columns: [
		name,
		annotated('Default', 'storageclass.kubernetes.io/is-default-class'),
		server('Provisioner', {priority: 2}),
		server('ReclaimPolicy'),
		server('VolumeBindingMode'),
		server('AllowVolumeExpansion', {priority: 5}),
		age,
		labels,
	],
	sort: {by: 'name'},
};
