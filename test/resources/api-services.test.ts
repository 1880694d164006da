import {apiServices} from '../../source/resources/api-services.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(apiServices, {
	fixture: 'available',
	shows: {name: 'v1beta1.metrics.k8s.io', service: 'kube-system/metrics-server', available: 'True', age: '60m'},
	cases: [
		{name: 'available', tone: 'ok'},
		{name: 'not available', cells: {Available: 'False (MissingEndpoints)'}, tone: 'error', why: 'not available: MissingEndpoints'},
		{name: 'not known', cells: {Available: 'Unknown'}, tone: 'unknown', why: 'Unknown'},
	],
});
