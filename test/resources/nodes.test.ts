import {nodes} from '../../source/resources/nodes.ts';
import {fixtureItem, readFixture, testKind} from '../tools/kind-cases.ts';
import {besideOf} from '../tools/table-item.ts';

const created = Date.parse(readFixture('nodes', 'ready').object.metadata.creationTimestamp ?? '');
/** Seconds before the moment the case is looked at, an hour after the node was made. */
const secondsAgo = (seconds: number): string => new Date(created + (3600 - seconds) * 1000).toISOString();
const lease = (seconds: number) => besideOf({leases: [fixtureItem('leases', 'node', {object: {spec: {renewTime: secondsAgo(seconds)}}})]});
const ready = (status: string, message: string) => ({type: 'Ready', status, message, lastTransitionTime: secondsAgo(90)});
const conditions = (...list: readonly object[]) => ({status: {conditions: list}});
const pressure = (type: string) => ({
	name: type,
	object: conditions(ready('True', ''), {type, status: 'True'}),
	tone: 'warning' as const,
	why: type,
	shows: {status: `Ready,${type}`},
});

testKind(nodes, {
	fixture: 'ready',
	shows: {
		name: 'n1',
		status: 'Ready',
		roles: '-',
		cpu: '-',
		'cpu%': '-',
		mem: '-',
		'mem%': '-',
		taints: '0',
		age: '60m',
		version: 'v1.34.2',
		'internal-ip': '10.90.0.11',
		'cpu/r': '-',
		'cpu/l': '-',
		'mem/r': '-',
		'mem/l': '-',
		'external-ip': '-',
		'os-image': 'Debian GNU/Linux 12 (bookworm)',
		'kernel-version': '6.18.44-fc-v669',
		'container-runtime': 'containerd://1.7.24',
	},
	cases: [
		{name: 'ready', beside: lease(30), tone: 'ok'},
		{
			name: 'not ready',
			cells: {Status: 'NotReady'},
			object: conditions(ready('False', 'no CNI plugin')),
			tone: 'error',
			why: 'no CNI plugin',
			shows: {status: 'NotReady'},
		},
		{
			name: 'kubelet silent',
			cells: {Status: 'NotReady'},
			object: conditions(ready('Unknown', 'Kubelet stopped posting node status.')),
			tone: 'error',
			why: 'Kubelet stopped posting node status.',
			shows: {status: 'NotReady 90s'},
		},
		{name: 'not ready, without the object', cells: {Status: 'NotReady'}, bare: true, tone: 'error', why: 'NotReady'},
		...['MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable'].map(pressure),
		{name: 'cordoned', cells: {Status: 'Ready,SchedulingDisabled'}, tone: 'warning', why: 'cordoned', shows: {status: 'Ready,SchedulingDisabled'}},
		{name: 'one version behind', serverVersion: 'v1.35.0', tone: 'ok'},
		{name: 'two versions behind', serverVersion: 'v1.36.0-rc.1', tone: 'warning', why: 'kubelet v1.34.2 is 2 minor versions behind the server'},
		{name: 'joining', cells: {Status: 'NotReady'}, object: conditions(ready('False', 'no CNI plugin')), age: '59s', tone: 'progressing'},
		{name: 'joining, without a condition yet', cells: {Status: 'Unknown'}, object: conditions(), age: '5s', tone: 'progressing'},
		{name: 'never reported', cells: {Status: 'Unknown'}, object: conditions(), tone: 'unknown', why: 'Unknown'},
		{
			name: 'lease older than 40s',
			beside: lease(41),
			tone: 'unknown',
			why: 'its kubelet has not renewed its lease for 40s',
			shows: {status: 'Unknown (lease) 41s'},
		},
		{name: 'no lease', beside: besideOf({leases: []}), tone: 'ok'},
		{name: 'tainted', object: {spec: {taints: [{key: 'gpu', effect: 'NoSchedule'}]}}, tone: 'ok', shows: {taints: '1'}},
	],
});
