import assert from 'node:assert/strict';
import {test} from 'node:test';
import {networkPolicyDns} from '../../../../source/checks/network-policy-dns.ts';
import {judge} from '../../../../source/core/diagnose/judge.ts';
import {fault} from '../../../../source/core/net/fault.ts';
import {wholeDnsReport} from '../../../../source/core/net/report/dns-report.ts';
import {holdsFor, isOfSomePods} from '../../../../source/core/net/report/of-client.ts';
import {clusterView, policyObject} from '../../../tools/cluster-view.ts';
import {dnsObjects} from '../dns/dns-fixture.ts';

const lockdown = policyObject('shop/lockdown', {podSelector: {}, policyTypes: ['Egress'], egress: []});
const open = policyObject('shop/open', {podSelector: {matchLabels: {app: 'n3'}}, policyTypes: ['Egress'], egress: [{}]});
const pods = dnsObjects().map(one => (one.metadata.name === 'client-n3' ? {...one, metadata: {...one.metadata, labels: {app: 'n3'}}} : one));
const view = clusterView([...pods, lockdown, open], {oneShot: true});
const podOf = (name: string) => view.all('pods').find(({metadata}) => metadata.name === name);

test('a policy cuts off the pods that it denies, not all that it selects; a fault of a pod is that of the pod', () => {
	const finding = fault({
		id: 'NP_EGRESS_BLOCKS_DNS',
		family: 'NetworkPolicy',
		severity: 'critical',
		confidence: 'likely',
		subject: {apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace: 'shop', name: 'lockdown'},
		title: 'x',
	});
	assert.ok(isOfSomePods(finding));
	assert.ok(holdsFor(podOf('client-n1'), view)(finding));
	assert.ok(holdsFor(podOf('client-n2'), view)(finding));
	assert.ok(!holdsFor(podOf('client-n3'), view)(finding), 'another policy lets it through');
	assert.ok(!holdsFor(undefined, view)(finding));
	const ofPod = {...finding, id: 'DNS_HOSTNET_POLICY', subject: {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'client-n1'}};
	assert.ok(holdsFor(podOf('client-n1'), view)(ofPod));
	assert.ok(!holdsFor(podOf('client-n2'), view)(ofPod));
	assert.ok(!isOfSomePods({...finding, id: 'DNS_NO_READY_ENDPOINTS'}));
});

test('whichever replica is named as the client, the policy is its verdict', () => {
	const verdict = (from: string) => wholeDnsReport({view, judged: judge([networkPolicyDns], view), cells: [], probed: false, from, fromNamed: true}).verdict;
	for (const name of ['client-n1', 'client-n2']) assert.equal(verdict(`shop/${name}`).subject.name, 'lockdown');
	assert.equal(verdict('shop/client-n3').id, 'NET_NOT_PROBED');
});
