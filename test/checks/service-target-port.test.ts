import assert from 'node:assert/strict';
import {test} from 'node:test';
import {serviceTargetPort} from '../../source/checks/service-target-port.ts';
import {podObject, serviceObject} from '../tools/cluster-view.ts';
import {remedies, told, withoutKind} from '../tools/run-check.ts';

const labels = {app: 'web'};
const service = (port: object) => serviceObject('shop/web', {selector: labels, ports: [{port: 80, ...port}]});
const pod = (ports: readonly unknown[], more: object = {}) => podObject('shop/web-1', {labels, ports, ...more});
const other = (ports: readonly unknown[]) => podObject('shop/web-2', {labels, ports});

test('a name that no container declares: what they declare, and the number', () => {
	const objects = [service({targetPort: 'http'}), pod([{name: 'web', containerPort: 8080}])];
	assert.deepEqual(told(serviceTargetPort, objects), [
		'SVC_NAMED_PORT_UNRESOLVED critical proven: Service shop/web: targetPort http is declared by no container of its pods; they declare web 8080/TCP',
	]);
	assert.deepEqual(remedies(serviceTargetPort, objects), [
		`kubectl -n shop patch service web --type json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":8080}]'`,
	]);
});

test("only some lack it: a warning; a sidecar's port and the right protocol count", () => {
	const some = told(serviceTargetPort, [service({targetPort: 'http'}), pod([{name: 'http', containerPort: 1}]), other([])]);
	assert.deepEqual(some, [
		'SVC_NAMED_PORT_UNRESOLVED warning proven: Service shop/web: targetPort http is declared by no container of 1 of its 2 pods; they declare no port',
	]);
	const sidecar = pod([], {spec: {initContainers: [{name: 's', restartPolicy: 'Always', ports: [{name: 'http', containerPort: 1}]}]}});
	assert.deepEqual(told(serviceTargetPort, [service({targetPort: 'http'}), sidecar]), []);
	assert.equal(told(serviceTargetPort, [service({targetPort: 'dns', protocol: 'UDP'}), pod([{name: 'dns', containerPort: 53}])]).length, 1);
});

test('an undeclared number is a hint; a refused probe or another readiness port makes it a warning', () => {
	const objects = [service({targetPort: 9999}), pod([{containerPort: 8080}])];
	assert.deepEqual(told(serviceTargetPort, objects), [
		'SVC_TARGETPORT_UNDECLARED info possible: Service shop/web: targetPort 9999 is not among the declared ports 8080 (declaring is informational)',
	]);
	const probed = pod([{containerPort: 8080}], {spec: {containers: [{name: 'main', ports: [{containerPort: 8080}], readinessProbe: {httpGet: {port: 8080}}}]}});
	assert.deepEqual(told(serviceTargetPort, [service({targetPort: 9999}), probed]), [
		'SVC_TARGETPORT_UNDECLARED warning possible: Service shop/web: targetPort 9999 is not among the declared ports 8080, and the readiness probe asks port 8080',
	]);
	// That other port is one of the Service's own.
	const both = serviceObject('shop/web', {
		selector: labels,
		ports: [
			{name: 'a', port: 80, targetPort: 9999},
			{name: 'b', port: 81, targetPort: 8080},
		],
	});
	assert.match(told(serviceTargetPort, [both, probed])[0] ?? '', /^SVC_TARGETPORT_UNDECLARED info/);
	const cell = {transport: 'refused', to: {port: 9999, pod: 'web-1'}};
	const observations = [{probe: 'tcp-connect', target: 'x', at: 0, tookMs: 1, outcome: 'ok' as const, facts: cell}];
	assert.match(told(serviceTargetPort, objects, {observations})[0] ?? '', /^SVC_TARGETPORT_UNDECLARED warning likely: .*, and a probe of it was refused$/);
});

test('the same number with the other protocol only', () => {
	const objects = [service({targetPort: 53, protocol: 'TCP'}), pod([{containerPort: 53, protocol: 'UDP'}])];
	assert.deepEqual(told(serviceTargetPort, objects), [
		'SVC_PORT_PROTOCOL_MISMATCH warning likely: Service shop/web: port 80 is TCP, and its pods declare 53 as UDP only',
	]);
	assert.match(remedies(serviceTargetPort, objects)[0] ?? '', /"value":"UDP"/);
});

test('false positives: pods that declare nothing, one of several that declares it, both protocols, a left-out targetPort, pods that are going', () => {
	assert.deepEqual(told(serviceTargetPort, [service({targetPort: 9999}), pod([])]), []);
	assert.deepEqual(told(serviceTargetPort, [service({targetPort: 9999}), pod([{containerPort: 8080}]), other([{containerPort: 9999}])]), []);
	assert.deepEqual(told(serviceTargetPort, [service({targetPort: 53, protocol: 'UDP'}), pod([{containerPort: 53}, {containerPort: 53, protocol: 'UDP'}])]), []);
	assert.deepEqual(told(serviceTargetPort, [service({}), pod([{containerPort: 80}])]), []);
	assert.deepEqual(told(serviceTargetPort, [service({targetPort: 'http'}), pod([], {metadata: {deletionTimestamp: '2026-01-02T00:00:00Z'}})]), []);
	assert.deepEqual(told(serviceTargetPort, [service({targetPort: '8080'}), pod([{containerPort: 8080}])]), [], 'a number as text');
});

test('unread is not checked', () => assert.deepEqual(withoutKind(serviceTargetPort, [], 'pods'), ['NOT_CHECKED coverage']));
