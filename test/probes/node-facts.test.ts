import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nodeFacts} from '../../source/probes/node-facts.ts';
import {output, question, testSource} from '../tools/probe-recordings.ts';

const onNode = question({probe: 'node-facts', row: 'R14', from: {...testSource, role: 'C'}});
const inPod = question({probe: 'node-facts', row: 'R14'});

test('settings, counters of every processor added up, and the MTUs', () => {
	const text = [
		'/proc/sys/net/ipv4/ip_forward 1',
		'/proc/sys/net/bridge/bridge-nf-call-iptables 0',
		'/proc/sys/net/ipv4/conf/all/rp_filter 2',
		'/proc/sys/net/netfilter/nf_conntrack_count 512',
		'/proc/sys/net/netfilter/nf_conntrack_max 262144',
		'/proc/net/stat/nf_conntrack entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop',
		'/proc/net/stat/nf_conntrack 00000010  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 0000000a 00000001 00000000',
		'/proc/net/stat/nf_conntrack 00000010  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000001 00000000 00000000',
		'/sys/class/net/cni0/mtu 1450',
		'/sys/class/net/lo/mtu 65536',
	].join('\n');
	assert.deepEqual(nodeFacts.read(output(text), onNode, 'sh').values, [
		'ip_forward=1',
		'bridge-nf-call-iptables=0',
		'rp_filter=2',
		'conntrack_count=512',
		'conntrack_max=262144',
		'mtu.cni0=1450',
		'insert_failed=11',
		'drop=1',
	]);
});

test('a pod in the pod network is asked for its interfaces alone: the rest is not of the node', () => {
	assert.deepEqual(nodeFacts.ask(inPod), ['file', '/sys/class/net/*/mtu']);
	assert.ok(nodeFacts.ask(onNode).includes('/proc/sys/net/ipv4/ip_forward'));
	assert.deepEqual(nodeFacts.command(inPod, {has: new Set()})?.words, ['f', '/sys/class/net/*/mtu']);
});

test('what is no number is no fact', () => {
	assert.equal(nodeFacts.read(output('/proc/sys/net/ipv4/ip_forward yes\n/etc/shadow 1'), onNode, 'sh').transport, 'inconclusive');
});
