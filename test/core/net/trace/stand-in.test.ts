import assert from 'node:assert/strict';
import {test} from 'node:test';
import {standInDenied} from '../../../../source/core/net/trace/stand-in.ts';
import type {ProbeCell} from '../../../../source/core/net/cell.ts';
import {debugLabels} from '../../../../source/core/net/probe/debug-pod.ts';
import {clusterView, podObject, policyObject, viewNow} from '../../../tools/cluster-view.ts';
import {ground, web} from './trace-fixture.ts';

const inside = policyObject('shop/inside', {podSelector: {}, policyTypes: ['Ingress'], ingress: [{from: [{podSelector: {}}]}]});

function failing(namespace: string, pod: string): ProbeCell {
	return {
		row: 'R11',
		from: {role: 'A', namespace, pod, container: 'k8tui-probe', node: 'node-a', podIp: '10.244.1.77', hasDns: false},
		to: {kind: 'endpoint', title: 'web-1', address: '10.244.1.9', port: 8080, namespace: 'shop', pod: 'web-1'},
		protocol: 'tcp',
		transport: 'timeout',
		tried: 1,
		failed: 1,
		tool: 'nc',
		detail: '',
		at: viewNow,
	};
}

test('a pod of our own is kept out by a policy that lets the client in: that is said, for it is no fault', () => {
	const view = clusterView([...ground, ...web, inside]);
	assert.match(standInDenied(view, [failing('default', 'k8tui-probe-x')]) ?? '', /^the policies of shop admit no pod of default, .* \(shop\/inside\)$/);
	const listed = podObject('default/k8tui-probe-x', {ip: '10.244.1.77', labels: debugLabels('s')});
	assert.match(
		standInDenied(clusterView([...ground, ...web, inside, listed]), [failing('default', 'k8tui-probe-x')]) ?? '',
		/shop\/inside/,
		'it is not gone yet',
	);
});

test('where policies admit it, or a pod of the cluster asked, nothing is said', () => {
	assert.equal(standInDenied(clusterView([...ground, ...web]), [failing('default', 'k8tui-probe-x')]), undefined);
	assert.equal(standInDenied(clusterView([...ground, ...web, inside]), [failing('shop', 'k8tui-probe-x')]), undefined, 'made beside the client');
	const other = podObject('default/other', {ip: '10.244.1.78'});
	assert.equal(standInDenied(clusterView([...ground, ...web, inside, other]), [failing('default', 'other')]), undefined);
});
