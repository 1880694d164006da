import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dnsCorefile} from '../../source/checks/dns-corefile.ts';
import {findings, told, withoutKind} from '../tools/run-check.ts';
import {dnsObjects, scrapeOf, usualCorefile} from '../core/net/dns/dns-fixture.ts';

const noKubernetes = usualCorefile.replace(/ {4}kubernetes[^}]*}\n/, '');

test('no kubernetes plugin for the cluster domain', () => {
	assert.deepEqual(told(dnsCorefile, dnsObjects({corefile: noKubernetes})), [
		'DNS_COREFILE_NO_KUBERNETES critical proven: The Corefile has no kubernetes plugin for cluster.local: no name of the cluster resolves',
	]);
	assert.match(
		told(dnsCorefile, dnsObjects({corefile: usualCorefile.replace('kubernetes cluster.local', 'kubernetes other.local')}))[0] ?? '',
		/^DNS_COREFILE_NO_KUBERNETES critical/,
	);
});

test('served in another way: a zone around it, a stub for another DNS, a file that was not read', () => {
	assert.deepEqual(told(dnsCorefile, dnsObjects({corefile: usualCorefile.replace('kubernetes cluster.local', 'kubernetes local')})), []);
	const stub = `${noKubernetes}cluster.local {\n    errors\n    forward . 10.9.9.9\n}\n`;
	assert.match(told(dnsCorefile, dnsObjects({corefile: stub}))[0] ?? '', /^DNS_COREFILE_NO_KUBERNETES info proven: The Corefile forwards cluster\.local/);
	const [imported] = findings(dnsCorefile, dnsObjects({corefile: '. {\n    import custom/*.override\n}\n'}));
	assert.deepEqual([imported?.class, imported?.severity], ['coverage', 'info']);
});

test('a lint each, with its line and the text of the line', () => {
	const [found] = findings(dnsCorefile, dnsObjects({corefile: usualCorefile.replace('10.0.0.2', '127.0.0.53')}));
	assert.equal(found?.title, 'Corefile line 13: forward to 127.0.0.53 is a loopback address: CoreDNS itself, in its own pod');
	assert.deepEqual([found?.class, found?.severity, found?.key], ['fault', 'warning', 'DNS_COREFILE_LINT ConfigMap kube-system/coredns a13']);
	assert.equal(found?.evidence[0]?.value, 'forward . 127.0.0.53 {');
	const [practice] = findings(dnsCorefile, dnsObjects({corefile: usualCorefile.replace('    cache 30\n', '')}));
	assert.deepEqual([practice?.class, practice?.severity], ['practice', 'info']);
});

test('the running plugins of a pod overrule what the file seems to lack', () => {
	const unready = dnsObjects({corefile: usualCorefile.replace('    ready\n', '')}).map(one =>
		one.metadata.name.startsWith('coredns-')
			? {...one, spec: {nodeName: 'n1', containers: [{name: 'coredns', readinessProbe: {httpGet: {path: '/ready', port: 8181}}}]}}
			: one,
	);
	assert.match(told(dnsCorefile, unready)[0] ?? '', /DNS_COREFILE_LINT critical likely: Corefile line 1: no ready/);
	assert.deepEqual(told(dnsCorefile, unready, {observations: [scrapeOf(0, 1, 'coredns_plugin_enabled{name="ready"} 1\n')]}), []);
});

test('the usual Corefile is clean; ConfigMaps that may not be read are not checked', () => {
	assert.deepEqual(told(dnsCorefile, dnsObjects()), []);
	assert.deepEqual(withoutKind(dnsCorefile, dnsObjects(), 'configmaps'), ['NOT_CHECKED coverage']);
});
