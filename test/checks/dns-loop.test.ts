import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dnsLoop} from '../../source/checks/dns-loop.ts';
import {findings, told, withoutKind} from '../tools/run-check.ts';
import {dnsObjects, logOf, usualCorefile} from '../core/net/dns/dns-fixture.ts';

const line =
	'[FATAL] plugin/loop: Loop (127.0.0.1:52372 -> :53) detected for zone ".", see https://coredns.io/plugins/loop#troubleshooting. Query: "HINFO 45."';
const itself = usualCorefile.replace('10.0.0.2', '127.0.0.1');

test('the line of the log proves it, of both pods once; the Corefile names the target', () => {
	const crashing = dnsObjects({crashing: true, corefile: itself});
	const found = findings(dnsLoop, crashing, {observations: [logOf(0, [[240, line]]), logOf(1, [], [[240, line]])], oneShot: true});
	assert.deepEqual(
		found.map(({id, confidence, title}) => `${id} ${confidence} ${title}`),
		['DNS_LOOP proven CoreDNS stops because of a forwarding loop: it forwards to 127.0.0.1, which is itself'],
	);
	assert.deepEqual(found[0]?.subject, {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'coredns', uid: 'ConfigMap-kube-system/coredns'});
	assert.equal(found[0]?.evidence.filter(({path}) => path === 'log').length, 2);
	assert.ok(found[0]?.evidence.some(({path}) => path === 'data.Corefile line 13'));
});

test('without the log a crash loop and a Corefile that forwards to itself make it likely', () => {
	assert.match(told(dnsLoop, dnsObjects({crashing: true, corefile: itself}))[0] ?? '', /^DNS_LOOP critical likely/);
	assert.match(told(dnsLoop, dnsObjects({crashing: true, corefile: usualCorefile.replace('10.0.0.2', '10.96.0.10')}))[0] ?? '', /10\.96\.0\.10/);
});

test('crashes for another reason, a loop of before that is over, an old line of a pod that runs', () => {
	assert.deepEqual(told(dnsLoop, dnsObjects({crashing: true})), []);
	assert.deepEqual(told(dnsLoop, dnsObjects({corefile: itself})), []);
	assert.deepEqual(told(dnsLoop, dnsObjects(), {observations: [logOf(0, [], [[400, line]])]}), []);
	assert.deepEqual(told(dnsLoop, dnsObjects(), {oneShot: true, observations: [logOf(0, [[45, line]])]}), []);
});

test('an upstream that sends back: the remedy is the resolv.conf of the kubelet, never to remove loop', () => {
	const found = findings(dnsLoop, dnsObjects({crashing: true, corefile: usualCorefile.replace('10.0.0.2', '/etc/resolv.conf')}), {
		observations: [logOf(0, [[5, line]])],
	});
	assert.match(found[0]?.remedy[0]?.text ?? '', /resolvConf/);
	assert.doesNotMatch(JSON.stringify(found), /remove loop|delete loop/i);
});

test('pods that may not be read are not checked', () => {
	assert.deepEqual(withoutKind(dnsLoop, dnsObjects(), 'pods'), ['NOT_CHECKED coverage']);
});
