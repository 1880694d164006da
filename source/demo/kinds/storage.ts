import {at, listAt, recordsAt, textAt} from '../json.ts';
import {ageColumn, column, type DemoKind, nameColumn, status} from '../kind.ts';
import type {StoredObject} from '../stored-object.ts';
import {accessModesText, orElse} from './cell-text.ts';

const storage = {group: 'storage.k8s.io', version: 'v1', namespaced: false} as const;
const wideVolumeMode = column('VolumeMode', {wide: true});

function phase(object: StoredObject): string {
	return object.metadata.deletionTimestamp === undefined ? textAt(object, 'status', 'phase') : 'Terminating';
}

export const persistentVolumes: DemoKind = {
	group: '',
	version: 'v1',
	plural: 'persistentvolumes',
	singular: 'persistentvolume',
	kind: 'PersistentVolume',
	namespaced: false,
	shortNames: ['pv'],
	subresources: [status],
	columns: [
		nameColumn,
		...['Capacity', 'Access Modes', 'Reclaim Policy', 'Status', 'Claim', 'StorageClass', 'VolumeAttributesClass', 'Reason'].map(name => column(name)),
		ageColumn,
		wideVolumeMode,
	],
	cells: (object, {since}) => {
		const claim = at(object, 'spec', 'claimRef');
		return [
			object.metadata.name,
			orElse(textAt(object, 'spec', 'capacity', 'storage'), '0'),
			accessModesText(listAt(object, 'spec', 'accessModes')),
			textAt(object, 'spec', 'persistentVolumeReclaimPolicy'),
			phase(object),
			claim === undefined ? '' : `${textAt(claim, 'namespace')}/${textAt(claim, 'name')}`,
			textAt(object, 'spec', 'storageClassName'),
			orElse(textAt(object, 'spec', 'volumeAttributesClassName'), '<unset>'),
			textAt(object, 'status', 'reason'),
			since(object.metadata.creationTimestamp),
			orElse(textAt(object, 'spec', 'volumeMode'), '<unset>'),
		];
	},
};

export const persistentVolumeClaims: DemoKind = {
	group: '',
	version: 'v1',
	plural: 'persistentvolumeclaims',
	singular: 'persistentvolumeclaim',
	kind: 'PersistentVolumeClaim',
	namespaced: true,
	shortNames: ['pvc'],
	subresources: [status],
	columns: [
		nameColumn,
		...['Status', 'Volume', 'Capacity', 'Access Modes', 'StorageClass', 'VolumeAttributesClass'].map(name => column(name)),
		ageColumn,
		wideVolumeMode,
	],
	cells: (object, {since}) => {
		const bound = textAt(object, 'spec', 'volumeName') !== '';
		return [
			object.metadata.name,
			phase(object),
			textAt(object, 'spec', 'volumeName'),
			bound ? orElse(textAt(object, 'status', 'capacity', 'storage'), '0') : '',
			bound ? accessModesText(listAt(object, 'status', 'accessModes')) : '',
			textAt(object, 'spec', 'storageClassName'),
			orElse(textAt(object, 'spec', 'volumeAttributesClassName'), '<unset>'),
			since(object.metadata.creationTimestamp),
			orElse(textAt(object, 'spec', 'volumeMode'), '<unset>'),
		];
	},
};

export const storageClasses: DemoKind = {
	...storage,
	plural: 'storageclasses',
	singular: 'storageclass',
	kind: 'StorageClass',
	shortNames: ['sc'],
	columns: [nameColumn, ...['Provisioner', 'ReclaimPolicy', 'VolumeBindingMode', 'AllowVolumeExpansion'].map(name => column(name)), ageColumn],
	cells: (object, {since}) => {
		const isDefault = object.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
		return [
			`${object.metadata.name}${isDefault ? ' (default)' : ''}`,
			textAt(object, 'provisioner'),
			orElse(textAt(object, 'reclaimPolicy'), 'Delete'),
			orElse(textAt(object, 'volumeBindingMode'), 'Immediate'),
			at(object, 'allowVolumeExpansion') === true,
			since(object.metadata.creationTimestamp),
		];
	},
};

export const volumeAttachments: DemoKind = {
	...storage,
	plural: 'volumeattachments',
	singular: 'volumeattachment',
	kind: 'VolumeAttachment',
	subresources: [status],
	columns: [nameColumn, column('Attacher', {format: 'name'}), column('PV'), column('Node'), column('Attached', {type: 'boolean'}), ageColumn],
	cells: (object, {since}) => [
		object.metadata.name,
		textAt(object, 'spec', 'attacher'),
		textAt(object, 'spec', 'source', 'persistentVolumeName'),
		textAt(object, 'spec', 'nodeName'),
		at(object, 'status', 'attached') === true,
		since(object.metadata.creationTimestamp),
	],
};

export const csiNodes: DemoKind = {
	...storage,
	plural: 'csinodes',
	singular: 'csinode',
	kind: 'CSINode',
	columns: [nameColumn, column('Drivers', {type: 'integer'}), ageColumn],
	cells: (object, {since}) => [object.metadata.name, listAt(object, 'spec', 'drivers').length, since(object.metadata.creationTimestamp)],
};

export const csiDrivers: DemoKind = {
	...storage,
	plural: 'csidrivers',
	singular: 'csidriver',
	kind: 'CSIDriver',
	columns: [
		nameColumn,
		...['AttachRequired', 'PodInfoOnMount', 'StorageCapacity'].map(name => column(name, {type: 'boolean'})),
		column('TokenRequests'),
		column('RequiresRepublish', {type: 'boolean'}),
		column('Modes'),
		ageColumn,
	],
	cells: (object, {since}) => [
		object.metadata.name,
		at(object, 'spec', 'attachRequired') !== false,
		at(object, 'spec', 'podInfoOnMount') === true,
		at(object, 'spec', 'storageCapacity') === true,
		at(object, 'spec', 'tokenRequests') === undefined
			? '<unset>'
			: recordsAt(object, 'spec', 'tokenRequests')
					.map(request => textAt(request, 'audience'))
					.join(','),
		at(object, 'spec', 'requiresRepublish') === true,
		orElse(listAt(object, 'spec', 'volumeLifecycleModes').join(','), '<none>'),
		since(object.metadata.creationTimestamp),
	],
};

export const csiStorageCapacities: DemoKind = {
	...storage,
	namespaced: true,
	plural: 'csistoragecapacities',
	singular: 'csistoragecapacity',
	kind: 'CSIStorageCapacity',
};

export const volumeAttributesClasses: DemoKind = {
	...storage,
	plural: 'volumeattributesclasses',
	singular: 'volumeattributesclass',
	kind: 'VolumeAttributesClass',
	shortNames: ['vac'],
	columns: [nameColumn, column('DriverName'), ageColumn],
	cells: (object, {since}) => [object.metadata.name, textAt(object, 'driverName'), since(object.metadata.creationTimestamp)],
};
