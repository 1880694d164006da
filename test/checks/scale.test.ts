import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checks} from '../../source/checks/index.ts';
import {judge} from '../../source/core/diagnose/judge.ts';
import type {KubeObject} from '../../source/core/kubernetes.ts';
import {routesModel} from '../../source/core/net/build-routes-model.ts';
import {clusterView, namespaceObject, object, podObject, policyObject, serviceObject, sliceObject} from '../tools/cluster-view.ts';

const many = 5000;

/** 5,000 Services with two pods each, 1,000 Ingresses, a policy in each of 100 namespaces. */
function largeCluster(): readonly KubeObject[] {
	const places = Array.from({length: 100}, (_, index) => `ns-${index}`);
	const services = Array.from({length: many}, (_, index) => {
		const [path, labels, net] = [`${places[index % 100]}/svc-${index}`, {app: `app-${index}`}, `10.${index >> 8}.${index & 255}`];
		const rules = [{host: `h${index}.test`, http: {paths: [{path: '/', backend: {service: {name: `svc-${index}`, port: {number: 80}}}}]}}];
		return [
			serviceObject(path, {selector: labels, ports: [{name: 'http', port: 80, targetPort: 'http'}]}),
			...[0, 1].map(last => podObject(`${path}-${last}`, {labels, ports: [{name: 'http', containerPort: 8080}], ip: `${net}.${last}`})),
			sliceObject(path, [{address: `${net}.0`}, {address: `${net}.1`}]),
			...(index % 5 === 0 ? [object('networking.k8s.io/v1', 'Ingress', path, {spec: {ingressClassName: 'nginx', rules}})] : []),
		];
	});
	return [
		...services.flat(),
		...places.flatMap(place => [
			namespaceObject(place),
			policyObject(`${place}/p`, {podSelector: {}, policyTypes: ['Egress'], egress: [{to: [{namespaceSelector: {}}]}]}),
		]),
		object('networking.k8s.io/v1', 'IngressClass', 'nginx', {spec: {controller: 'k8s.io/ingress-nginx'}}),
		podObject('edge/controller', {labels: {'app.kubernetes.io/name': 'ingress-nginx'}}),
	];
}

test('5,000 Services, 10,000 pods and 1,000 Ingresses are judged in less than 5 s, and drawn in less than 2', () => {
	const objects = largeCluster();
	const seconds = (run: () => unknown): number => {
		const before = process.threadCpuUsage();
		run();
		const {user, system} = process.threadCpuUsage(before);
		return (user + system) / 1_000_000;
	};
	const view = clusterView(objects, {oneShot: true});
	const judging = seconds(() => judge(checks, view));
	assert.ok(judging < 5, `judged in ${judging} s`);
	const drawing = seconds(() => assert.equal(routesModel(view, {}).rows.length, 1000));
	assert.ok(drawing < 2, `drawn in ${drawing} s`);
});
