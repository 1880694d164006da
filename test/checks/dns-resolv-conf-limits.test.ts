import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dnsResolvConfLimits} from '../../source/checks/dns-resolv-conf-limits.ts';
import {object, podObject, viewNow} from '../tools/cluster-view.ts';
import {findings, told, withoutKind} from '../tools/run-check.ts';

function event(name: string, minutesAgo: number, more: Readonly<Record<string, unknown>> = {}) {
	return object('v1', 'Event', `shop/${name}`, {
		type: 'Warning',
		reason: 'DNSConfigForming',
		message: 'Nameserver limits were exceeded, some nameservers have been omitted',
		lastTimestamp: new Date(viewNow - minutesAgo * 60_000).toISOString(),
		involvedObject: {kind: 'Pod', namespace: 'shop', name: 'web-1'},
		...more,
	});
}

const pod = podObject('shop/web-1', {node: 'n2'});

test('told once a node, by the host of the event or by the node of its pod', () => {
	const found = findings(dnsResolvConfLimits, [pod, event('a', 5), event('b', 9), event('c', 3, {source: {host: 'n3'}})]);
	assert.deepEqual(
		found.map(({title}) => title),
		[
			'Node n2: its resolv.conf is beyond the limits of DNS, so entries are dropped in pods',
			'Node n3: its resolv.conf is beyond the limits of DNS, so entries are dropped in pods',
		],
	);
	assert.ok(found[0]?.evidence.some(({value}) => value === '2'));
});

test('older than an hour, another reason, nobody knows which node', () => {
	assert.deepEqual(
		told(dnsResolvConfLimits, [pod, event('a', 70), event('b', 1, {reason: 'BackOff'}), event('c', 1, {involvedObject: {namespace: 'x', name: 'y'}})]),
		[],
	);
});

test('events that may not be read are not checked', () => {
	assert.deepEqual(withoutKind(dnsResolvConfLimits, [pod], 'events'), ['NOT_CHECKED coverage']);
});
