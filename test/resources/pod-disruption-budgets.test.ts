import {podDisruptionBudgets} from '../../source/resources/pod-disruption-budgets.ts';
import {testKind} from '../tools/kind-cases.ts';

const status = (disruptionsAllowed: number, currentHealthy: number, desiredHealthy: number, expectedPods: number) => ({
	status: {disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods},
});

testKind(podDisruptionBudgets, {
	fixture: 'healthy',
	shows: {name: 'db', 'min-available': '1', 'max-unavailable': 'N/A', 'allowed-disruptions': '0', healthy: '1/1', status: 'Allows none', age: '60m'},
	cases: [
		{name: 'allows none while all are ready', tone: 'ok'},
		{name: 'allows some', object: status(1, 3, 2, 3), tone: 'ok', shows: {status: 'Allows 1', healthy: '3/3'}},
		{
			name: 'allows none and pods are unready',
			object: status(0, 1, 1, 2),
			tone: 'error',
			why: 'allows 0, healthy 1 of 2',
			shows: {status: 'Blocked', healthy: '1/2'},
		},
		{name: 'allows some though pods are unready', object: status(1, 2, 1, 3), tone: 'ok'},
		{name: 'selects no pods', object: status(0, 0, 0, 0), tone: 'muted', shows: {status: 'No pods'}},
	],
});
