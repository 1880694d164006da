import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Problem} from '../../../source/core/problem.ts';
import {emptyStep, kubeletStep, metricsApiStep} from '../../../source/core/top/missing-step.ts';

const problem = (more: Partial<Problem>): Problem => ({code: 'server', what: 'Could not list nodes', cause: 'the server answered 503', ...more});
const available = (message: string) => ({type: 'Available', status: 'False', reason: 'FailedDiscoveryCheck', message});

test('T41: the steps that can be missing have different texts, and each says what to do', () => {
	const steps = [
		metricsApiStep(problem({code: 'not-found', status: 404, cause: '404 page not found'}), 'nodes'),
		metricsApiStep(
			problem({status: 503, serverMessage: 'service unavailable'}),
			'nodes',
			available('endpoints for service/metrics-server in "kube-system" have no addresses with port name "https"'),
		),
		metricsApiStep(
			problem({status: 503}),
			'nodes',
			available(
				'failing or missing response from https://10.96.3.4:443: Get "https://10.96.3.4": tls: failed to verify certificate: x509: certificate signed by unknown authority',
			),
		),
		metricsApiStep(problem({code: 'forbidden', status: 403, cause: 'user eve may not list nodes.metrics.k8s.io'}), 'nodes'),
		metricsApiStep(problem({code: 'timeout', cause: 'no answer within 12 s'}), 'nodes'),
		emptyStep('nodes', 0),
		emptyStep('nodes', 120_000),
	];
	assert.deepEqual(
		steps.map(({step}) => step),
		['absent', 'stale', 'tls', 'denied', 'unreachable', 'warming', 'empty'],
	);
	for (const part of ['text', 'word', 'remedy'] as const) assert.equal(new Set(steps.map(step => step[part])).size, steps.length, part);
	assert.match(steps[0]?.text ?? '', /no APIService serves metrics\.k8s\.io/);
	assert.match(steps[1]?.text ?? '', /503.*no addresses with port name/);
	assert.match(steps[2]?.text ?? '', /x509: certificate signed by unknown authority\.$/);
	assert.match(steps[3]?.remedy ?? '', /list on nodes\.metrics\.k8s\.io/);
	for (const {text, remedy} of steps) assert.doesNotMatch(`${text} ${remedy}`, /\.\./);
});

test('a certificate on our own way to the API server is not that of the metrics API', () => {
	assert.equal(metricsApiStep(problem({code: 'tls', cause: 'x509: the certificate of 10.0.0.1:6443 has expired'}), 'nodes').step, 'unreachable');
});

test('why a kubelet gives nothing', () => {
	assert.equal(kubeletStep(problem({code: 'forbidden', cause: 'no'}), 'n1').step, 'denied');
	assert.match(kubeletStep(problem({code: 'forbidden', cause: 'no'}), 'n1').remedy, /get on nodes\/proxy/);
	assert.equal(kubeletStep(problem({serverMessage: 'x509: cannot validate certificate for 10.0.0.4'}), 'n1').step, 'tls');
	assert.match(kubeletStep(problem({code: 'timeout', cause: 'no answer within 5 s'}), 'n1').text, /kubelet of n1 could not be read: no answer within 5 s\.$/);
});
