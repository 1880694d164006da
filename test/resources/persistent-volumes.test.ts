import {persistentVolumes} from '../../source/resources/persistent-volumes.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(persistentVolumes, {
	fixture: 'pending',
	shows: {
		name: 'pv-1',
		capacity: '5Gi',
		'access-modes': 'RWO',
		'reclaim-policy': 'Retain',
		status: 'Pending',
		claim: 'shop/data-pg-0',
		storageclass: 'standard',
		volumeattributesclass: '-',
		reason: '-',
		age: '60m',
		volumemode: 'Filesystem',
	},
	cases: [
		{name: 'bound', cells: {Status: 'Bound'}, tone: 'ok'},
		{name: 'available', cells: {Status: 'Available'}, tone: 'ok'},
		{name: 'failed', cells: {Status: 'Failed', Reason: 'RecyclerFailed'}, tone: 'error', why: 'RecyclerFailed'},
		{name: 'released', cells: {Status: 'Released'}, tone: 'warning', why: 'its claim is gone, its data is kept'},
		{name: 'pending for 60s', age: '60s', tone: 'progressing'},
		{name: 'pending for longer', age: '61s', tone: 'warning', why: 'Pending for more than a minute'},
		{name: 'deleted', cells: {Status: 'Terminating'}, meta: {deletionTimestamp: '2026-11-21T14:00:00Z'}, tone: 'terminating'},
	],
});
