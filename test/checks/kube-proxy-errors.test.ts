import assert from 'node:assert/strict';
import {test} from 'node:test';
import {kubeProxyErrors} from '../../source/checks/kube-proxy-errors.ts';
import {kubeProxyLogMatches} from '../../source/core/net/kube-proxy-log.ts';
import {podObject, viewNow} from '../tools/cluster-view.ts';
import {told, withoutKind} from '../tools/run-check.ts';

const pod = podObject('kube-system/kube-proxy-x', {
	node: 'n1',
	status: {phase: 'Running', containerStatuses: [{name: 'kube-proxy', state: {running: {startedAt: new Date(viewNow - 600_000).toISOString()}}}]},
});
const line = (secondsAgo: number, text: string): string => `${new Date(viewNow - secondsAgo * 1000).toISOString()} ${text}`;
const restore = 'E0102 14:00:00.0 1 proxier.go:1564] "Failed to execute iptables-restore" err="exit status 4"';
const observed = (lines: readonly string[]) => ({
	observations: [
		{
			probe: 'kube-proxy-log',
			target: 'kube-system/kube-proxy-x',
			at: viewNow,
			tookMs: 1,
			outcome: 'ok' as const,
			facts: {matches: kubeProxyLogMatches(lines.join('\n')), lines: lines.length},
		},
	],
});

test('three of a kind in ten minutes', () => {
	assert.deepEqual(told(kubeProxyErrors, [pod], observed([line(200, restore), line(150, restore), line(100, restore)])), [
		'KPROXY_ERRORS warning proven: kube-proxy on n1 cannot write its rules: 3 times in 10 minutes',
	]);
});

test('every pattern is told apart', () => {
	const kinds = kubeProxyLogMatches(
		[
			restore,
			'E0102 reflector.go:166] "Unhandled Error" err="Failed to watch *v1.EndpointSlice: endpointslices is forbidden"',
			"E0102 conntrack.go:99] can't set sysctl net/netfilter/nf_conntrack_tcp_timeout_established",
			'W0102 conntrack: nf_conntrack_max is below what is needed',
			"E0102 server_linux.go:179] Can't use the IPVS proxier: ipvs kernel modules are not loaded",
			'I0102 proxier.go:805] "SyncProxyRules complete"',
		]
			.map((text, index) => line(100 - index, text))
			.join('\n'),
	).map(({kind}) => kind);
	assert.deepEqual(kinds, ['restore', 'watch', 'sysctl', 'conntrack', 'ipvs']);
});

test('false positives: the first minute of the container, old lines, too few, a pod that is gone, hostile bytes', () => {
	assert.deepEqual(told(kubeProxyErrors, [pod], observed([line(590, restore), line(580, restore), line(570, restore)])), []);
	assert.deepEqual(told(kubeProxyErrors, [pod], observed([line(100, restore), line(90, restore)])), []);
	assert.deepEqual(told(kubeProxyErrors, [], observed([line(200, restore), line(150, restore), line(100, restore)])), []);
	assert.doesNotMatch(kubeProxyLogMatches(line(1, `${restore}\u001b[31m`))[0]?.line ?? '', /\u001b/);
});

test('unread is not checked', () => assert.deepEqual(withoutKind(kubeProxyErrors, [], 'pods'), ['NOT_CHECKED coverage']));
