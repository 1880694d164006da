import assert from 'node:assert/strict';
import {test} from 'node:test';
import {serviceSelector} from '../../source/checks/service-selector.ts';
import {object, podObject, serviceObject, viewNow} from '../tools/cluster-view.ts';
import {findings, judged, remedies, told, withoutKind} from '../tools/run-check.ts';

const api = serviceObject('pay/api', {selector: {app: 'api', tier: 'back'}, ports: [{port: 80}]});
const pods = ['api-1', 'api-2', 'api-3'].map(name => podObject(`pay/${name}`, {labels: {app: 'api', tier: 'backend'}}));

test('a label that differs is named, with the line that puts it right', () => {
	assert.deepEqual(told(serviceSelector, [api, ...pods]), [
		'SVC_SELECTOR_NO_POD critical proven: Service pay/api selects no pod (app=api,tier=back); nearest: 3 pods with tier=backend',
	]);
	assert.equal(remedies(serviceSelector, [api, ...pods])[0], `kubectl -n pay patch service api -p '{"spec":{"selector":{"tier":"backend"}}}'`);
	assert.equal(findings(serviceSelector, [api, ...pods])[0]?.key, 'SVC_SELECTOR_NO_POD Service pay/api');
});

test('the right value under another key, and a label that pods lack', () => {
	const byKey = serviceObject('pay/web', {selector: {name: 'web'}});
	const web = podObject('pay/web-1', {labels: {app: 'web'}});
	assert.match(told(serviceSelector, [byKey, web])[0] ?? '', /nearest: 1 pod with app=web$/);
	assert.equal(remedies(serviceSelector, [byKey, web])[0], `kubectl -n pay patch service web -p '{"spec":{"selector":{"name":null,"app":"web"}}}'`);
	const lacking = podObject('pay/api-1', {labels: {app: 'api'}});
	assert.match(told(serviceSelector, [api, lacking])[0] ?? '', /nearest: 1 pod with no label tier$/);
	assert.equal(remedies(serviceSelector, [api, lacking])[0], `kubectl -n pay patch service api -p '{"spec":{"selector":{"tier":null}}}'`);
});

test('without a consumer and without a near miss it is a warning', () => {
	assert.deepEqual(told(serviceSelector, [api]), [
		'SVC_SELECTOR_NO_POD warning proven: Service pay/api selects no pod (app=api,tier=back); no pod in pay is like it',
	]);
	const ingress = object('networking.k8s.io/v1', 'Ingress', 'pay/public', {spec: {defaultBackend: {service: {name: 'api', port: {number: 80}}}}});
	assert.match(told(serviceSelector, [api, ingress])[0] ?? '', /^SVC_SELECTOR_NO_POD critical/);
});

test('pods of another namespace are no near miss', () => {
	assert.match(told(serviceSelector, [api, podObject('shop/api-1', {labels: {app: 'api', tier: 'back'}})])[0] ?? '', /no pod in pay is like it/);
});

test('false positives: scaled to 0, Jobs, ExternalName, no selector, leader election, pods that are there', () => {
	const template = {metadata: {labels: {app: 'api', tier: 'back'}}};
	const scaled = object('apps/v1', 'Deployment', 'pay/api', {spec: {replicas: 0, template}});
	assert.deepEqual(told(serviceSelector, [api, scaled]), [
		'SVC_SELECTOR_NO_POD info proven: Service pay/api selects no pod (app=api,tier=back); Deployment api is scaled to 0',
	]);
	const done = podObject('pay/job-1', {
		labels: {app: 'api', tier: 'back'},
		phase: 'Succeeded',
		metadata: {ownerReferences: [{apiVersion: 'batch/v1', kind: 'Job', name: 'job', uid: 'j'}]},
	});
	assert.match(told(serviceSelector, [api, done])[0] ?? '', /info proven.*the 1 pod of its Job has ended$/);
	const cron = object('batch/v1', 'CronJob', 'pay/nightly', {spec: {jobTemplate: {spec: {template}}}});
	assert.match(told(serviceSelector, [api, cron])[0] ?? '', /info proven.*only CronJob nightly runs such pods$/);
	const leader = serviceObject('pay/lock', {selector: {a: 'b'}}, {metadata: {annotations: {'control-plane.alpha.kubernetes.io/leader': '{}'}}});
	const silent = [serviceObject('pay/ext', {type: 'ExternalName', externalName: 'x.test', selector: {a: 'b'}}), serviceObject('pay/manual', {}), leader];
	assert.deepEqual(told(serviceSelector, [...silent, serviceObject('pay/ok', {selector: {tier: 'backend'}}), ...pods]), []);
});

test('a Service is given a minute, and unread pods are not no pods', () => {
	assert.deepEqual(judged(serviceSelector, [api]), ['SVC_SELECTOR_NO_POD proven']);
	const young = serviceObject('pay/api', {selector: {app: 'api'}}, {metadata: {creationTimestamp: new Date(viewNow - 20_000).toISOString()}});
	assert.deepEqual(judged(serviceSelector, [young]), []);
	assert.deepEqual(withoutKind(serviceSelector, [api], 'pods'), ['NOT_CHECKED coverage']);
	assert.deepEqual(withoutKind(serviceSelector, [api], 'services'), ['NOT_CHECKED coverage']);
});
