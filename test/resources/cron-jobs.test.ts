import {cronJobs} from '../../source/resources/cron-jobs.ts';
import {fixtureItem, readFixture, testKind} from '../tools/kind-cases.ts';
import {besideOf} from '../tools/table-item.ts';

const {object} = readFixture('cronjobs', 'waiting');
const created = Date.parse(object.metadata.creationTimestamp ?? '');
/** The case is looked at an hour after the object was made. */
const minutesAgo = (minutes: number): string => new Date(created + (60 - minutes) * 60_000).toISOString();
const ran = (minutes: number, spec: object = {}) => ({spec, status: {lastScheduleTime: minutesAgo(minutes), lastSuccessfulTime: minutesAgo(minutes)}});
const owned = {
	ownerReferences: [{apiVersion: 'batch/v1', kind: 'CronJob', name: object.metadata.name, uid: object.metadata.uid ?? ''}],
	namespace: object.metadata.namespace ?? '',
};
const old = fixtureItem('jobs', 'complete', {meta: {...owned, name: 'tick-1', creationTimestamp: minutesAgo(20)}});
const failed = (minutes: number) =>
	fixtureItem('jobs', 'complete', {
		meta: {...owned, name: 'tick-2', creationTimestamp: minutesAgo(minutes)},
		cells: {Status: 'Failed'},
		object: {status: {conditions: [{type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded'}]}},
	});

testKind(cronJobs, {
	fixture: 'waiting',
	shows: {
		name: 'tick',
		schedule: '* * * * *',
		status: 'Missed schedule',
		timezone: '-',
		suspend: 'False',
		active: '0',
		'last-schedule': '37m',
		'last-success': '37m',
		age: '60m',
		containers: 'date',
		images: 'localhost/k8tui-lab/busybox:1',
	},
	cases: [
		{name: 'ran a minute ago', object: ran(1), tone: 'ok', shows: {status: 'Waiting', 'last-schedule': '60s'}},
		{name: 'missed', object: ran(10), tone: 'warning', why: 'no run for longer than its schedule allows'},
		{name: 'never ran though due', object: {status: {lastScheduleTime: undefined}}, tone: 'warning', why: 'no run for longer than its schedule allows'},
		{name: 'not due yet', object: ran(50, {schedule: '0 2 * * *'}), tone: 'ok'},
		{name: 'may not run beside itself', cells: {Active: 1}, object: ran(30, {concurrencyPolicy: 'Forbid'}), tone: 'progressing', shows: {status: 'Active'}},
		{name: 'active', cells: {Active: 1}, object: ran(1), tone: 'progressing', shows: {status: 'Active'}},
		{name: 'suspended', cells: {Suspend: 'True'}, object: ran(30, {suspend: true}), tone: 'muted', shows: {status: 'Suspended'}},
		{name: 'its last job failed', object: ran(1), beside: besideOf({jobs: [old, failed(1)]}), tone: 'error', why: 'job tick-2 failed: BackoffLimitExceeded'},
		{name: 'its last job did not', object: ran(1), beside: besideOf({jobs: [failed(30), old]}), tone: 'ok'},
	],
});
