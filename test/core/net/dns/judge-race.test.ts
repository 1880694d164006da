import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ProbeCell} from '../../../../source/core/net/cell.ts';
import {judgeDns} from '../../../../source/core/net/dns/judge-dns.ts';
import {cellOf} from '../../../../source/core/net/probe/cell-of.ts';
import {wholeDnsReport} from '../../../../source/core/net/report/dns-report.ts';
import {judge} from '../../../../source/core/diagnose/judge.ts';
import {clusterView} from '../../../tools/cluster-view.ts';
import {cell, clientOn, dnsObjects, dnsService, matrix} from './dns-fixture.ts';

const client = clientOn('n3');
const host = {...clientOn('n3', 'C'), pod: 'host-n3'};
const facts = (insertFailed: number) =>
	cell('R14', host, {kind: 'node', title: 'n3', address: '', port: 0, node: 'n3'}, {values: ['ip_forward=1', `insert_failed=${insertFailed}`]});
const lookup = (ms: number) =>
	cell('R9', client, {kind: 'name', title: 'the search list', address: '', port: 0}, {name: 'kubernetes.default', answer: 'NOERROR', ms});
const resolvConf = (...servers: readonly string[]) =>
	cell('R1', client, {kind: 'control', title: '/etc/resolv.conf', address: '', port: 0}, {values: servers.map(server => `nameserver ${server}`)});
/** How long each answer of the Service took from the client, by UDP and by TCP. */
const took = (udp: readonly number[], tcp: readonly number[] = [1, 1, 2]) =>
	matrix(({from, row}) =>
		from.node !== 'n3' ? undefined : row === 'R2' ? {times: udp, tried: udp.length} : row === 'R3' ? {times: tcp, tried: tcp.length} : undefined,
	);

function told(cells: readonly ProbeCell[]): readonly string[] {
	const {findings} = judgeDns({view: clusterView(dnsObjects(), {oneShot: true}), cells, probed: true});
	return findings.map(({id, severity, confidence, subject}) => `${id} ${severity} ${confidence} ${subject.name}`);
}

test('row 20: some UDP answers after 5 s or a multiple, TCP never; the counter of the node makes it likely', () => {
	const cells = took([1, 5002, 2, 1, 10_100]);
	assert.deepEqual(told(cells), ['DNS_CONNTRACK_RACE warning possible n3']);
	assert.deepEqual(told([...cells, facts(0)]), ['DNS_CONNTRACK_RACE warning possible n3']);
	assert.deepEqual(told([...cells, facts(41)]), ['DNS_CONNTRACK_RACE warning likely n3']);
	const [found] = judgeDns({view: clusterView(dnsObjects()), cells: [...cells, facts(41)], probed: true}).findings;
	assert.match(found?.title ?? '', /^Node n3: 2 of 5 lookups from shop\/client-n3 by UDP took 5 s or a multiple, by TCP none/);
	assert.ok(found?.evidence.some(({value}) => value === '0.0 s, 5.0 s, 0.0 s, 0.0 s, 10.1 s'));
	assert.ok(found?.evidence.some(({path, value}) => path.endsWith('insert_failed') && value === '41'));
	assert.deepEqual(
		found?.remedy.map(({changes}) => changes),
		[false, true, false],
	);
});

test('a lookup of the C library counts as well, unless a second name server may be what it waited for', () => {
	assert.deepEqual(told([...matrix(), lookup(5012), resolvConf('10.96.0.10')]), ['DNS_CONNTRACK_RACE warning possible n3']);
	assert.deepEqual(
		told([...matrix(), lookup(5012), resolvConf('10.96.0.99', '10.96.0.10')]).filter(text => text.startsWith('DNS_CONNTRACK')),
		[],
	);
});

test('other times, TCP that waits too, nothing quick, no TCP at all: no race', () => {
	for (const udp of [
		[1, 2, 3],
		[1, 2000, 4000],
		[1, 5400],
		[1, 7500],
	])
		assert.deepEqual(told(took(udp)), [], udp.join(' '));
	assert.deepEqual(told(took([1, 5000], [1, 5000])), []);
	assert.deepEqual(
		told([cell('R2', client, dnsService, {times: [1, 5000], tried: 2})]).filter(text => text.startsWith('DNS_CONNTRACK')),
		[],
	);
	const slow = took([5000, 5001]).filter(({row, from}) => row !== 'R4' || from.node !== 'n3');
	assert.deepEqual(
		told(slow).filter(text => text.startsWith('DNS_CONNTRACK')),
		[],
	);
});

test('names outside may wait for their upstream', () => {
	assert.deepEqual(told([...matrix(), cell('R6', client, dnsService, {name: 'example.com.', answer: 'NOERROR', times: [1, 5000], tried: 2})]), []);
});

test('a race that is only possible is no verdict while everything was answered', () => {
	const view = clusterView(dnsObjects(), {oneShot: true});
	const report = (cells: readonly ProbeCell[]) => wholeDnsReport({view, judged: judge([], view), cells, probed: true, fromNamed: false}).verdict.id;
	assert.equal(report(took([1, 5002, 2])), 'NET_NO_FAULT_REPRODUCED');
	assert.equal(report([...took([1, 5002, 2]), facts(41)]), 'DNS_CONNTRACK_RACE');
});

test('the cell of a repeated question keeps how long each answer took', () => {
	const question = {id: 1, probe: 'dns-query', row: 'R2', from: client, to: dnsService, protocol: 'udp', samples: 3} as const;
	const asking = (ms: number) => ({transport: 'ok' as const, ms, answer: 'NOERROR' as const, detail: ''});
	assert.deepEqual(cellOf(question, [asking(1), asking(5003), {transport: 'timeout', ms: 2000, detail: ''}], 'dig', 0).times, [1, 5003]);
	assert.equal(cellOf(question, [asking(4)], 'dig', 0).times, undefined);
});
