import {events} from '../../source/resources/events.ts';
import {type KindCase, readFixture, testKind} from '../tools/kind-cases.ts';

const created = Date.parse(readFixture('events', 'normal').object.metadata.creationTimestamp ?? '');
/** Minutes before the moment the case is looked at, an hour after the event was made. */
const minutesAgo = (minutes: number): string => new Date(created + (60 - minutes) * 60_000).toISOString();
const failure = (reason: string): KindCase => ({
	name: `${reason} is a failure`,
	object: {type: 'Warning', reason},
	cells: {Reason: reason},
	tone: 'error',
	why: reason,
});

testKind(events, {
	fixture: 'normal',
	shows: {
		'last-seen': '59m',
		type: 'Normal',
		reason: 'Scheduled',
		object: 'pod/shell-fp7mp',
		count: '1',
		message: 'Successfully assigned demo/shell-fp7mp to n1',
		subobject: '-',
		source: 'default-scheduler, default-scheduler-vm',
		'first-seen': '59m',
		name: 'shell-fp7mp.18ea10fe5bf508d4',
	},
	cases: [
		{name: 'normal', tone: 'text'},
		...['BackOff', 'Failed', 'FailedScheduling', 'FailedMount', 'FailedCreate', 'Evicted', 'OOMKilling', 'NodeNotReady', 'BackoffLimitExceeded'].map(failure),
		{name: 'another warning', object: {type: 'Warning', reason: 'Unhealthy'}, cells: {Reason: 'Unhealthy'}, tone: 'warning', why: 'Unhealthy'},
		{name: 'a failure that is normal', object: {reason: 'Failed'}, tone: 'text'},
		{
			name: 'without the object',
			bare: true,
			cells: {Type: 'Warning', Reason: 'BackOff', Count: 7},
			tone: 'error',
			why: 'BackOff',
			shows: {count: '7', 'last-seen': '-'},
		},
		{
			name: 'a series',
			object: {series: {count: 30, lastObservedTime: minutesAgo(1)}, lastTimestamp: minutesAgo(5), eventTime: minutesAgo(9)},
			tone: 'text',
			shows: {count: '30', 'last-seen': '60s', 'first-seen': '9m'},
		},
		{
			name: 'an old style event',
			object: {count: 4, lastTimestamp: minutesAgo(5), firstTimestamp: minutesAgo(50), eventTime: null},
			tone: 'text',
			shows: {count: '4', 'last-seen': '5m', 'first-seen': '50m'},
		},
		{name: 'no time but that of its making', object: {eventTime: null}, tone: 'text', shows: {'last-seen': '60m'}},
	],
});
