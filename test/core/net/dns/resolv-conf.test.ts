import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {DnsPod} from '../../../../source/core/net/dns/dns-cluster.ts';
import {parseResolvConf, predictResolvConf} from '../../../../source/core/net/dns/resolv-conf.ts';
import {querySequence} from '../../../../source/core/net/dns/query-sequence.ts';

const setting = {clusterDns: ['10.96.0.10'], clusterDomain: 'cluster.local', nodeFile: '/run/systemd/resolve/resolv.conf'};

function pod(spec: DnsPod['spec']): DnsPod {
	return {apiVersion: 'v1', kind: 'Pod', metadata: {namespace: 'shop', name: 'cart'}, ...(spec ? {spec} : {})};
}

test('ClusterFirst, which is the default', () => {
	const conf = predictResolvConf(pod({}), setting);
	assert.deepEqual(conf.nameservers, ['10.96.0.10']);
	assert.deepEqual(conf.searches, ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local']);
	assert.deepEqual([conf.options, conf.ndots, conf.policy], [['ndots:5'], 5, 'ClusterFirst']);
	assert.deepEqual(conf.fromNode, {file: '/run/systemd/resolve/resolv.conf', servers: false, searches: true});
});

test('on the host network ClusterFirst is Default, ClusterFirstWithHostNet is not', () => {
	const host = predictResolvConf(pod({hostNetwork: true, dnsPolicy: 'ClusterFirst'}), setting);
	assert.deepEqual([host.policy, host.nameservers, host.fromNode?.servers, host.ndots], ['Default', [], true, 1]);
	assert.match(host.why[0] ?? '', /ClusterFirstWithHostNet/);
	assert.equal(predictResolvConf(pod({hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet'}), setting).policy, 'ClusterFirst');
	assert.equal(predictResolvConf(pod({dnsPolicy: 'Default'}), setting).policy, 'Default');
	assert.equal(predictResolvConf(pod({}), {...setting, clusterDns: []}).policy, 'Default');
});

test('None has dnsConfig alone; elsewhere dnsConfig is merged: servers and searches added, options replaced', () => {
	const dnsConfig = {
		nameservers: ['1.1.1.1', '10.96.0.10'],
		searches: ['corp.example', 'cluster.local'],
		options: [{name: 'ndots', value: '2'}, {name: 'edns0'}],
	};
	const none = predictResolvConf(pod({dnsPolicy: 'None', dnsConfig}), setting);
	assert.deepEqual(
		[none.nameservers, none.searches, none.options, none.fromNode],
		[['1.1.1.1', '10.96.0.10'], ['corp.example', 'cluster.local'], ['ndots:2', 'edns0'], undefined],
	);
	const merged = predictResolvConf(pod({dnsConfig}), setting);
	assert.deepEqual(merged.nameservers, ['10.96.0.10', '1.1.1.1']);
	assert.deepEqual(merged.searches, ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local', 'corp.example']);
	assert.deepEqual([merged.options, merged.ndots], [['ndots:2', 'edns0'], 2]);
});

test('what is beyond the limits is dropped, and said', () => {
	const conf = predictResolvConf(
		pod({
			dnsPolicy: 'None',
			dnsConfig: {nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'], searches: Array.from({length: 40}, (_, index) => `s${index}.example`)},
		}),
		setting,
	);
	assert.equal(conf.nameservers.length, 3);
	assert.equal(conf.searches.length, 32);
	assert.equal(conf.dropped[0], 'nameserver 1.1.1.4');
	assert.equal(conf.dropped.length, 9);
});

test('a resolv.conf as it is read in a pod', () => {
	assert.deepEqual(
		parseResolvConf(
			'# made by kubelet\nnameserver 10.96.0.10\nnameserver 10.96.0.11 ; second\nsearch a b\nsearch shop.svc.cluster.local  svc.cluster.local\noptions ndots:5 timeout:2\n',
		),
		{
			nameservers: ['10.96.0.10', '10.96.0.11'],
			searches: ['shop.svc.cluster.local', 'svc.cluster.local'],
			options: ['ndots:5', 'timeout:2'],
			ndots: 5,
		},
	);
	assert.equal(parseResolvConf('').ndots, 1);
	assert.equal(parseResolvConf('options ndots:40').ndots, 15);
});

test('the names that are asked for, in order', () => {
	const conf = {searches: ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'], ndots: 5};
	const names = (name: string, setting = conf) => querySequence(name, setting).map(({name: one}) => one);
	assert.deepEqual(names('api.github.com'), [
		'api.github.com.shop.svc.cluster.local.',
		'api.github.com.svc.cluster.local.',
		'api.github.com.cluster.local.',
		'api.github.com.',
	]);
	assert.deepEqual(names('api.github.com.'), ['api.github.com.']);
	assert.deepEqual(names('a.b.c.d.e.f'), [
		'a.b.c.d.e.f.',
		'a.b.c.d.e.f.shop.svc.cluster.local.',
		'a.b.c.d.e.f.svc.cluster.local.',
		'a.b.c.d.e.f.cluster.local.',
	]);
	assert.deepEqual(names('pg', {searches: [], ndots: 1}), ['pg.']);
	assert.deepEqual(querySequence('pg', conf)[1]?.search, {suffix: 'svc.cluster.local', index: 2});
});
