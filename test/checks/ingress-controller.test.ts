import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ingressController} from '../../source/checks/ingress-controller.ts';
import {object, podObject} from '../tools/cluster-view.ts';
import {judged, told, withoutKind} from '../tools/run-check.ts';

const classOf = (name: string, controller: string) => object('networking.k8s.io/v1', 'IngressClass', name, {spec: {controller}});
const ingress = (name: string, ingressClassName = 'nginx') => object('networking.k8s.io/v1', 'Ingress', `shop/${name}`, {spec: {ingressClassName}});
const nginx = classOf('nginx', 'k8s.io/ingress-nginx');
const pod = (ready: boolean, labels = {'app.kubernetes.io/name': 'ingress-nginx'}) => podObject('edge/nginx-1', {labels, ready});

test('none of its pods is ready: every Ingress of the class', () => {
	assert.deepEqual(told(ingressController, [nginx, ingress('a'), ingress('b'), pod(false)]), [
		'ING_CONTROLLER_DOWN critical likely: Ingress class nginx: none of 1 pod of ingress-nginx is ready, so 2 Ingresses are not served',
	]);
	assert.match(told(ingressController, [nginx, ingress('a'), pod(false)])[0] ?? '', /so 1 Ingress is not served$/);
});

test('known controllers are found by their labels', () => {
	const known: ReadonlyArray<readonly [string, Readonly<Record<string, string>>]> = [
		['traefik.io/ingress-controller', {'app.kubernetes.io/name': 'traefik'}],
		['haproxy.org/ingress-controller/haproxy', {'app.kubernetes.io/name': 'kubernetes-ingress'}],
		['projectcontour.io/projectcontour/contour', {app: 'envoy'}],
		['ingress-controllers.konghq.com/kong', {'app.kubernetes.io/name': 'kong'}],
		['nginx.org/ingress-controller', {app: 'nginx-ingress'}],
	];
	for (const [controller, labels] of known) {
		const objects = [classOf('c', controller), ingress('a', 'c'), podObject('edge/x', {labels, ready: false})];
		assert.match(told(ingressController, objects)[0] ?? '', /^ING_CONTROLLER_DOWN/, controller);
	}
});

test('false positives: one is ready; Jobs and default backends are no controllers', () => {
	assert.deepEqual(told(ingressController, [nginx, ingress('a'), pod(true)]), []);
	const backend = podObject('edge/default', {
		labels: {'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'default-backend'},
		ready: false,
	});
	assert.match(told(ingressController, [nginx, ingress('a'), backend])[0] ?? '', /^NOT_CHECKED/);
	assert.deepEqual(told(ingressController, [ingress('a', 'none')]), [], 'a class that is not there is another finding');
});

test('controllers of the cloud, and those that are not known, are not checked', () => {
	assert.match(told(ingressController, [classOf('alb', 'ingress.k8s.aws/alb'), ingress('a', 'alb')])[0] ?? '', /^NOT_CHECKED .*alb \(AWS load balancers\)/);
	assert.match(told(ingressController, [classOf('own', 'example.test/own'), ingress('a', 'own')])[0] ?? '', /^NOT_CHECKED .*own \(example\.test\/own\)/);
	assert.deepEqual(withoutKind(ingressController, [nginx, ingress('a')], 'pods'), ['NOT_CHECKED coverage']);
});

test('half a minute is given', () => {
	assert.deepEqual(judged(ingressController, [nginx, ingress('a'), pod(false)], {now: Date.parse('2026-01-01T00:00:30Z')}), []);
});
