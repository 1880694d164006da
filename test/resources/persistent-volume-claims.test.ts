import {persistentVolumeClaims} from '../../source/resources/persistent-volume-claims.ts';
import {fixtureItem, testKind} from '../tools/kind-cases.ts';
import {besideOf} from '../tools/table-item.ts';

const binds = (mode: string) => besideOf({storageclasses: [fixtureItem('storageclasses', 'default', {cells: {VolumeBindingMode: mode}})]});
const bound = {Status: 'Bound', Volume: 'pv-1', Capacity: '5Gi', 'Access Modes': 'RWO'};

testKind(persistentVolumeClaims, {
	fixture: 'pending',
	beside: binds('Immediate'),
	shows: {
		name: 'data-db-0',
		status: 'Pending',
		volume: '-',
		capacity: '-',
		'access-modes': '-',
		storageclass: 'standard',
		volumeattributesclass: '-',
		age: '60m',
		volumemode: 'Filesystem',
	},
	cases: [
		{name: 'bound', cells: bound, tone: 'ok', shows: {capacity: '5Gi'}},
		{name: 'lost', cells: {...bound, Status: 'Lost'}, tone: 'error', why: 'Lost: its volume is gone'},
		{name: 'pending for 60s', age: '60s', tone: 'progressing'},
		{name: 'pending for longer', age: '61s', tone: 'warning', why: 'no volume for more than a minute'},
		{name: 'its class is missing', beside: besideOf({storageclasses: []}), tone: 'warning', why: 'its storage class does not exist'},
		{name: 'without a class', cells: {StorageClass: ''}, tone: 'warning', why: 'no volume for more than a minute'},
		{name: 'classes not read', beside: besideOf({}), tone: 'progressing'},
		{name: 'waits for its first pod', beside: binds('WaitForFirstConsumer'), tone: 'muted', shows: {status: 'Pending (no pod yet)'}},
		{
			name: 'has its first pod',
			beside: binds('WaitForFirstConsumer'),
			meta: {annotations: {'volume.kubernetes.io/selected-node': 'n1'}},
			tone: 'warning',
			why: 'no volume for more than a minute',
		},
		{
			name: 'resizing',
			cells: bound,
			object: {status: {conditions: [{type: 'Resizing', status: 'True'}]}},
			tone: 'progressing',
			shows: {status: 'Bound, resizing'},
		},
		{name: 'resizing its file system', cells: bound, object: {status: {conditions: [{type: 'FileSystemResizePending', status: 'True'}]}}, tone: 'progressing'},
		{name: 'deleted', cells: {...bound, Status: 'Terminating'}, meta: {deletionTimestamp: '2026-11-21T14:00:00Z'}, tone: 'terminating'},
	],
});
