import assert from 'node:assert/strict';
import {test} from 'node:test';
import {networkPolicyService} from '../../source/checks/network-policy-service.ts';
import {nodeObject, object, podObject, policyObject, serviceObject} from '../tools/cluster-view.ts';
import {findings, remedies, told, withoutKind} from '../tools/run-check.ts';

const labels = {app: 'web'};
const nginx = object('networking.k8s.io/v1', 'IngressClass', 'nginx', {spec: {controller: 'k8s.io/ingress-nginx'}});
const controller = podObject('edge/controller-1', {labels: {'app.kubernetes.io/name': 'ingress-nginx'}, ip: '10.0.9.1', node: 'b'});
const ingress = object('networking.k8s.io/v1', 'Ingress', 'shop/public', {
	spec: {ingressClassName: 'nginx', rules: [{host: 'shop.test', http: {paths: [{path: '/', backend: {service: {name: 'web', port: {number: 80}}}}]}}]},
});
const base = [
	nginx,
	controller,
	ingress,
	object('v1', 'Namespace', 'edge', {metadata: {labels: {}}}),
	object('v1', 'Namespace', 'shop', {metadata: {labels: {}}}),
	podObject('shop/web-1', {labels, ip: '10.0.1.1', ports: [{containerPort: 8080}]}),
	serviceObject('shop/web', {selector: labels, ports: [{port: 80, targetPort: 8080}]}),
];
const enforcer = object('apps/v1', 'DaemonSet', 'kube-system/calico-node', {status: {numberReady: 1, desiredNumberScheduled: 1}});
const deny = policyObject('shop/deny', {podSelector: {}, policyTypes: ['Ingress']});
const admits = (namespace: string, port = 8080) =>
	policyObject('shop/allow', {
		podSelector: {},
		ingress: [{from: [{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': namespace}}}], ports: [{port}]}],
	});

test('the controller is not let in: which policy, the nearest rule, and one that would let it in', () => {
	const objects = [...base, enforcer, deny, admits('edge', 80)];
	assert.deepEqual(told(networkPolicyService, objects), [
		'NP_BLOCKS_SERVICE warning likely: NetworkPolicy shop/deny, shop/allow does not let the Ingress controller (edge) reach Service shop/web, to which shop.test/ leads',
	]);
	const [finding] = findings(networkPolicyService, objects);
	assert.match(JSON.stringify(finding?.evidence), /it admits tcp\/80, and tcp\/8080 is asked for/);
	assert.match(remedies(networkPolicyService, objects)[0] ?? '', /^kubectl apply -f - <<< '\{"apiVersion":"networking\.k8s\.io\/v1".*"port":8080/);
});

test('a network plugin that does not enforce makes it a remark, a probe that ran into a timeout a proof', () => {
	const flannel = nodeObject('a', {annotations: {'flannel.alpha.coreos.com/backend-type': 'vxlan'}});
	assert.match(told(networkPolicyService, [...base, flannel, deny])[0] ?? '', /^NP_BLOCKS_SERVICE info possible/);
	assert.match(told(networkPolicyService, [...base, deny])[0] ?? '', /^NP_BLOCKS_SERVICE warning possible/);
	const facts = {transport: 'timeout', from: {pod: 'controller-1'}, to: {pod: 'web-1'}};
	const observations = [{probe: 'tcp-connect', target: 'x', at: 0, tookMs: 1, outcome: 'ok' as const, facts}];
	assert.match(told(networkPolicyService, [...base, flannel, deny], {observations})[0] ?? '', /^NP_BLOCKS_SERVICE critical proven/);
});

test('false positives: it is admitted, nobody leads there, no controller is known, other engines, no policies', () => {
	assert.deepEqual(told(networkPolicyService, [...base, enforcer, deny, admits('edge')]), []);
	assert.deepEqual(told(networkPolicyService, [...base.filter(one => one !== ingress), enforcer, deny]), []);
	assert.deepEqual(told(networkPolicyService, [...base.filter(one => one !== controller), enforcer, deny]), []);
	assert.deepEqual(told(networkPolicyService, [...base, enforcer]), []);
	const cilium = object('cilium.io/v2', 'CiliumNetworkPolicy', 'shop/x', {spec: {endpointSelector: {}}});
	assert.deepEqual(told(networkPolicyService, [...base, enforcer, cilium, policyObject('shop/other', {podSelector: {matchLabels: {app: 'other'}}})]), []);
});

test('unread is not checked', () => {
	assert.deepEqual(withoutKind(networkPolicyService, base, 'networkpolicies.networking.k8s.io'), ['NOT_CHECKED coverage']);
	assert.deepEqual(withoutKind(networkPolicyService, base, 'pods'), ['NOT_CHECKED coverage']);
});
