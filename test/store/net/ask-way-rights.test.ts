import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {AccessQuestion} from '../../../source/core/cluster-client.ts';
import {planDns} from '../../../source/core/net/probe/plan-dns.ts';
import type {ProbeWay} from '../../../source/core/net/probe/probe-plan.ts';
import {askWayRights} from '../../../source/store/net/ask-way-rights.ts';
import {clusterView} from '../../tools/cluster-view.ts';
import {runningPod, smallCluster} from '../../tools/small-cluster.ts';

const never = new AbortController().signal;
const view = clusterView([...smallCluster(), runningPod({namespace: 'other', name: 'lone', node: 'n4', ip: '10.244.4.9'})]);
const rights = async (way: ProbeWay, allowed: (question: AccessQuestion) => boolean) =>
	await askWayRights(async question => ({allowed: allowed(question)}), {plan: planDns({view, from: 'demo/shell-1', way}), way, namespace: 'debug'}, never);

test('each way is asked about where it would act, and says what is missing', async () => {
	assert.deepEqual(await rights('exec', () => true), {});
	assert.deepEqual(await rights('exec', ({subresource}) => subresource !== 'exec'), {refused: 'you may not create and get pods/exec in demo'});
	assert.deepEqual(await rights('ephemeral', ({verb}) => verb !== 'patch'), {refused: 'you may not patch pods/ephemeralcontainers in demo'});
	assert.deepEqual(await rights('pod', ({namespace}) => namespace !== 'debug'), {
		refused: 'you may not create and delete pods in debug; you may not create and get pods/exec in debug',
	});
	assert.deepEqual(await rights('pod', ({namespace}) => namespace === 'debug'), {}, 'only where the pods are made');
});

test('where others than the client may not be asked from, the way is open in part; what nobody answers is not refused', async () => {
	assert.deepEqual(await rights('exec', ({namespace}) => namespace === 'demo'), {partly: ['you may not create and get pods/exec in other']});
	const broken = askWayRights(() => Promise.reject(new Error('away')), {plan: planDns({view}), way: 'exec'}, never);
	assert.deepEqual(await broken, {});
});
