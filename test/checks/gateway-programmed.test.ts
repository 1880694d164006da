import assert from 'node:assert/strict';
import {test} from 'node:test';
import {gatewayProgrammed} from '../../source/checks/gateway-programmed.ts';
import {object} from '../tools/cluster-view.ts';
import {judged, told, withoutKind} from '../tools/run-check.ts';

const at = '2026-01-01T00:00:10Z';
const condition = (type: string, status: string, reason = '', observedGeneration = 2) => ({
	type,
	status,
	reason,
	message: '',
	lastTransitionTime: at,
	observedGeneration,
});
const gateway = (status: object) =>
	object('gateway.networking.k8s.io/v1', 'Gateway', 'edge/main', {metadata: {generation: 2}, spec: {gatewayClassName: 'shop'}, status});
const gatewayClass = object('gateway.networking.k8s.io/v1', 'GatewayClass', 'shop');
const fine = [condition('Accepted', 'True'), condition('Programmed', 'True')];
const find = (status: object) => told(gatewayProgrammed, [gatewayClass, gateway(status)]);

test('not accepted, not programmed, and listeners', () => {
	assert.deepEqual(find({conditions: [condition('Accepted', 'False', 'InvalidParameters')]}), [
		'GW_NOT_PROGRAMMED critical proven: Gateway edge/main: Accepted is False: InvalidParameters',
	]);
	assert.match(
		find({conditions: [condition('Accepted', 'True'), condition('Programmed', 'False', 'AddressNotAssigned')]})[0] ?? '',
		/Programmed is False: AddressNotAssigned$/,
	);
	const listener = (...conditions: readonly object[]) => find({conditions: fine, listeners: [{name: 'https', conditions}]})[0] ?? '';
	assert.match(
		listener(condition('ResolvedRefs', 'False', 'InvalidCertificateRef')),
		/Gateway edge\/main, listener https: ResolvedRefs is False: InvalidCertificateRef$/,
	);
	assert.match(listener(condition('Conflicted', 'True', 'HostnameConflict')), /listener https: Conflicted is True: HostnameConflict$/);
});

test('no class, and a controller that never looked', () => {
	assert.match(told(gatewayProgrammed, [gateway({conditions: fine})])[0] ?? '', /there is no GatewayClass shop$/);
	const untouched = [condition('Accepted', 'Unknown', 'Pending'), condition('Programmed', 'Unknown', 'Pending')];
	assert.match(find({conditions: untouched})[0] ?? '', /^GW_NOT_PROGRAMMED critical likely: .*no controller of class shop has acted on it$/);
	assert.equal(find({}).length, 1);
});

test('false positives: programmed, an older generation that was refused, a minute to look', () => {
	assert.deepEqual(
		find({conditions: fine, listeners: [{name: 'http', conditions: [condition('ResolvedRefs', 'True'), condition('Conflicted', 'False')]}]}),
		[],
	);
	assert.deepEqual(find({conditions: [condition('Accepted', 'False', 'X', 1), condition('Programmed', 'True')]}), []);
	assert.deepEqual(judged(gatewayProgrammed, [gatewayClass, gateway({})], {now: Date.parse('2026-01-01T00:00:59Z')}), []);
	assert.deepEqual(judged(gatewayProgrammed, [gatewayClass, gateway({})], {now: Date.parse('2026-01-01T00:01:01Z')}), ['GW_NOT_PROGRAMMED likely']);
});

test('unread is not checked; a cluster without the API has no Gateways', () => {
	assert.deepEqual(withoutKind(gatewayProgrammed, [], 'gateways.gateway.networking.k8s.io'), ['NOT_CHECKED coverage']);
	assert.deepEqual(judged(gatewayProgrammed, [], {unread: {'gateways.gateway.networking.k8s.io': {state: 'absent'}}}), []);
});
