import {priorityClasses} from '../../source/resources/priority-classes.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(priorityClasses, {
	fixture: 'system',
	shows: {name: 'system-node-critical', value: '2,000,001,000', 'global-default': 'false', age: '60m', preemptionpolicy: 'PreemptLowerPriority'},
});
