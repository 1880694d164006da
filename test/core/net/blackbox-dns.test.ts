import assert from 'node:assert/strict';
import {test} from 'node:test';
import {blackboxDnsCells, blackboxDnsQuestions} from '../../../source/core/net/blackbox-dns.ts';
import type {BlackboxFacts} from '../../../source/core/net/dns/dns-observations.ts';
import type {Observation} from '../../../source/core/observation.ts';
import {clusterView, serviceObject, sliceObject, viewNow} from '../../tools/cluster-view.ts';
import {dnsObjects} from './dns/dns-fixture.ts';

const exporter = [
	serviceObject('mon/blackbox', {ports: [{name: 'http', port: 9115}]}, {metadata: {labels: {'app.kubernetes.io/name': 'prometheus-blackbox-exporter'}}}),
	sliceObject('mon/blackbox', [{address: '10.244.3.7', pod: 'blackbox-7d9', node: 'n3'}]),
];
const seen = (target: string, facts: BlackboxFacts): Observation<BlackboxFacts> => ({probe: 'blackbox', target, at: viewNow, tookMs: 5, outcome: 'ok', facts});
const cellsOf = (...observations: readonly Observation[]) => blackboxDnsCells(clusterView([...dnsObjects(), ...exporter], {observations}));

test('the Service by UDP and TCP and each ready CoreDNS pod are asked; the exporter is there or not', () => {
	const questions = blackboxDnsQuestions(clusterView([...dnsObjects(), ...exporter]));
	assert.deepEqual(
		questions.slice(0, 2).map(({kind, target}) => `${kind} ${target}`),
		['dns 10.96.0.10:53', 'tcp 10.96.0.10:53'],
	);
	assert.deepEqual(new Set(questions.slice(2).map(({kind}) => kind)), new Set(['dns']));
	assert.equal(questions.length, 4);
	assert.equal(blackboxDnsQuestions(clusterView([...dnsObjects({ready: false}), ...exporter])).length, 2);
	assert.deepEqual(cellsOf(), [], 'it was not asked');
});

test('what it found stands as cells of its own, from the pod that it runs in, with its name as the tool', () => {
	const [udp, tcp] = cellsOf(seen('dns 10.96.0.10:53', {success: true, seconds: 0.003}), seen('tcp 10.96.0.10:53', {success: true, seconds: 0.001}));
	assert.deepEqual([udp?.row, udp?.protocol, udp?.transport, udp?.ms, udp?.tool], ['R2', 'udp', 'ok', 3, 'blackbox exporter mon/blackbox']);
	assert.deepEqual([udp?.from.namespace, udp?.from.pod, udp?.from.node], ['mon', 'blackbox-7d9', 'n3']);
	assert.deepEqual([tcp?.row, tcp?.protocol], ['R3', 'tcp']);
});

test('a failure says no more than the exporter knows', () => {
	const transports = (success: boolean, seconds: number) =>
		cellsOf(seen('dns 10.96.0.10:53', {success, seconds}), seen('tcp 10.96.0.10:53', {success, seconds})).map(({transport}) => transport);
	assert.deepEqual(transports(false, 5), ['timeout', 'timeout']);
	assert.deepEqual(transports(false, 0.004), ['inconclusive', 'refused'], 'the wrong code or nobody there: its DNS module tells them not apart');
	const [failed] = cellsOf({
		probe: 'blackbox',
		target: 'dns 10.96.0.10:53',
		at: viewNow,
		tookMs: 1,
		outcome: 'failed',
		problem: {code: 'server', what: 'x', cause: 'it has no module dns_udp, dns, dns_udp_example'},
	});
	assert.deepEqual([failed?.transport, failed?.detail], ['not-run', 'it has no module dns_udp, dns, dns_udp_example']);
});
