import assert from 'node:assert/strict';
import {test} from 'node:test';
import {serviceTrafficPolicy} from '../../source/checks/service-traffic-policy.ts';
import {nodeObject, podObject, serviceObject, sliceObject} from '../tools/cluster-view.ts';
import {remedies, told, withoutKind} from '../tools/run-check.ts';

const nodes = ['a', 'b', 'c'].map(name => nodeObject(name));
const labels = {app: 'web'};
const web = podObject('shop/web-1', {labels, node: 'a'});
const service = (spec: object) => serviceObject('shop/web', {selector: labels, ports: [{port: 80}], ...spec});
const onNodes = (...names: readonly string[]) =>
	sliceObject(
		'shop/web',
		names.map((node, index) => ({address: `10.0.0.${index}`, node})),
	);

test('external Local: nodes without an endpoint', () => {
	const objects = [service({type: 'NodePort', externalTrafficPolicy: 'Local'}), web, onNodes('a'), ...nodes];
	assert.deepEqual(told(serviceTrafficPolicy, objects), [
		'SVC_ETP_LOCAL_NO_LOCAL_EP warning proven: Service shop/web: externalTrafficPolicy Local, and 2 of 3 nodes have no ready endpoint: what arrives there is dropped',
	]);
	assert.equal(remedies(serviceTrafficPolicy, objects)[1], `kubectl -n shop patch service web -p '{"spec":{"externalTrafficPolicy":"Cluster"}}'`);
	const none = sliceObject('shop/web', [{address: '10.0.0.1', node: 'a', ready: false}]);
	assert.match(told(serviceTrafficPolicy, [service({type: 'NodePort', externalTrafficPolicy: 'Local'}), web, none, ...nodes])[0] ?? '', /critical/);
});

test('a load balancer that checks its nodes makes it normal', () => {
	const balancer = service({type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 31_000});
	assert.match(told(serviceTrafficPolicy, [balancer, web, onNodes('a'), ...nodes])[0] ?? '', /^SVC_ETP_LOCAL_NO_LOCAL_EP info/);
});

test('internal Local: only where somebody could ask', () => {
	const local = service({internalTrafficPolicy: 'Local'});
	const client = podObject('shop/cart', {node: 'b'});
	assert.deepEqual(told(serviceTrafficPolicy, [local, web, onNodes('a'), ...nodes]), []);
	assert.deepEqual(told(serviceTrafficPolicy, [local, web, client, onNodes('a'), ...nodes]), [
		'SVC_ITP_LOCAL_NO_LOCAL_EP warning proven: Service shop/web: internalTrafficPolicy Local, and pods on 1 node have no ready endpoint beside them: what they send is dropped',
	]);
});

test('false positives: Cluster, an agent on every node, cordoned nodes, headless, no endpoints at all', () => {
	const agents = ['a', 'b', 'c'].map(node => podObject(`shop/web-${node}`, {labels, node}));
	const client = podObject('shop/cart', {node: 'b'});
	const both = service({type: 'NodePort', externalTrafficPolicy: 'Local', internalTrafficPolicy: 'Local'});
	assert.deepEqual(told(serviceTrafficPolicy, [both, ...agents, client, onNodes('a', 'b', 'c'), ...nodes]), []);
	assert.deepEqual(told(serviceTrafficPolicy, [service({type: 'NodePort', externalTrafficPolicy: 'Cluster'}), web, onNodes('a'), ...nodes]), []);
	const cordoned = nodeObject('d', {spec: {unschedulable: true}});
	assert.deepEqual(told(serviceTrafficPolicy, [service({type: 'NodePort', externalTrafficPolicy: 'Local'}), web, onNodes('a'), nodeObject('a'), cordoned]), []);
	assert.deepEqual(told(serviceTrafficPolicy, [service({clusterIP: 'None', internalTrafficPolicy: 'Local'}), web, client, onNodes('a'), ...nodes]), []);
	assert.deepEqual(told(serviceTrafficPolicy, [both, client, ...nodes]), []);
});

test('unread is not checked', () => assert.deepEqual(withoutKind(serviceTrafficPolicy, [], 'nodes'), ['NOT_CHECKED coverage']));
