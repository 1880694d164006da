import {limitRanges} from '../../source/resources/limit-ranges.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(limitRanges, {
	fixture: 'defaults',
	shows: {name: 'defaults', limits: 'Container cpu,memory', age: '60m'},
	cases: [
		{
			name: 'several types',
			object: {
				spec: {
					limits: [
						{type: 'Pod', max: {cpu: '4'}},
						{type: 'PersistentVolumeClaim', min: {storage: '1Gi'}},
					],
				},
			},
			tone: 'text',
			shows: {limits: 'Pod cpu; PersistentVolumeClaim storage'},
		},
	],
});
