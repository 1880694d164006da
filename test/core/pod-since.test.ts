import assert from 'node:assert/strict';
import {test} from 'node:test';
import {podTroubleSince} from '../../source/core/pod-since.ts';
import type {Pod} from '../../source/core/pod.ts';

function pod(status: NonNullable<Pod['status']>): Pod {
	return {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-1', namespace: 'shop'}, status};
}

const at = (minute: number): string => `2026-11-21T12:${String(minute).padStart(2, '0')}:00Z`;
const ended = (minute: number) => ({name: 'app', state: {terminated: {exitCode: 137, finishedAt: at(minute)}}});

const cases: ReadonlyArray<Readonly<{name: string; status: NonNullable<Pod['status']>; since: string | undefined}>> = [
	{
		name: 'evicted: when the kubelet decided it, not when the pod began or its containers were gone',
		status: {
			phase: 'Failed',
			reason: 'Evicted',
			startTime: at(0),
			conditions: [
				{type: 'DisruptionTarget', status: 'True', reason: 'TerminationByKubelet', lastTransitionTime: at(20)},
				{type: 'Ready', status: 'False', lastTransitionTime: at(21)},
			],
			containerStatuses: [ended(21)],
		},
		since: at(20),
	},
	{
		name: 'evicted by a kubelet that says no more: when its last container ended',
		status: {phase: 'Failed', reason: 'Evicted', startTime: at(0), containerStatuses: [ended(18), ended(21)]},
		since: at(21),
	},
	{name: 'evicted and nothing is left to tell: unknown, not its start', status: {phase: 'Failed', reason: 'Evicted', startTime: at(0)}, since: undefined},
	{
		name: 'refused by the kubelet, so that nothing ever ran: its start is its end',
		status: {phase: 'Failed', reason: 'OutOfcpu', startTime: at(3)},
		since: at(3),
	},
	{
		name: 'not ready',
		status: {
			phase: 'Running',
			startTime: at(0),
			conditions: [
				{type: 'Initialized', status: 'True', lastTransitionTime: at(30)},
				{type: 'Ready', status: 'False', lastTransitionTime: at(9)},
			],
		},
		since: at(9),
	},
	{name: 'no condition yet', status: {phase: 'Pending'}, since: undefined},
];

for (const {name, status, since} of cases) test(name, () => assert.equal(podTroubleSince(pod(status)), since === undefined ? undefined : Date.parse(since)));
