import assert from 'node:assert/strict';
import {test} from 'node:test';
import {serviceManualSlice} from '../../source/checks/service-manual-slice.ts';
import {serviceObject, sliceObject} from '../tools/cluster-view.ts';
import {judged, remedies, told, withoutKind} from '../tools/run-check.ts';

const manual = serviceObject('shop/legacy', {ports: [{name: 'http', port: 80}]});

test('no slice, and a slice whose port has another name', () => {
	assert.deepEqual(told(serviceManualSlice, [manual]), ['SVC_MANUAL_SLICE_ORPHAN warning proven: Service shop/legacy has no selector and no EndpointSlice']);
	const other = sliceObject('shop/legacy', [{address: '192.0.2.1'}], [{name: 'web', port: 80}]);
	assert.deepEqual(told(serviceManualSlice, [manual, other]), [
		'SVC_MANUAL_SLICE_ORPHAN critical proven: Service shop/legacy: no port of its EndpointSlices is called http; they have web',
	]);
	assert.deepEqual(remedies(serviceManualSlice, [manual, other]), [
		`kubectl -n shop patch endpointslice legacy-x7k2p --type json -p '[{"op":"replace","path":"/ports/0/name","value":"http"}]'`,
	]);
});

test('false positives: a slice that fits, no name on both sides, default/kubernetes, leader election, ExternalName, a selector', () => {
	const leader = serviceObject('shop/lock', {}, {metadata: {annotations: {'control-plane.alpha.kubernetes.io/leader': '{}'}}});
	const plain = serviceObject('shop/plain', {ports: [{port: 80}]});
	const silent = [
		...[manual, sliceObject('shop/legacy', [{address: '192.0.2.1'}], [{name: 'http', port: 8080}])],
		...[plain, sliceObject('shop/plain', [{address: '192.0.2.1'}], [{name: '', port: 80}])],
		...[serviceObject('default/kubernetes', {ports: [{name: 'https', port: 443}]}), leader],
		...[serviceObject('shop/ext', {type: 'ExternalName', externalName: 'x.test'}), serviceObject('shop/web', {selector: {app: 'web'}})],
	];
	assert.deepEqual(told(serviceManualSlice, silent), []);
});

test('two minutes are given; slices that may not be read are not missing', () => {
	assert.deepEqual(judged(serviceManualSlice, [manual], {now: Date.parse('2026-01-01T00:01:00Z')}), []);
	assert.deepEqual(withoutKind(serviceManualSlice, [manual], 'endpointslices.discovery.k8s.io'), ['NOT_CHECKED coverage']);
});
