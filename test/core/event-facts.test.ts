import assert from 'node:assert/strict';
import {test} from 'node:test';
import {eventFacts, eventSource, type KubeEvent} from '../../source/core/event-facts.ts';
import {fixtureItem} from '../tools/kind-cases.ts';

test('the facts of an event', () => {
	const facts = eventFacts(fixtureItem('events', 'normal'));
	assert.equal(facts?.at, Date.parse('2026-11-21T13:01:26.111Z'));
	assert.deepEqual([facts?.reason, facts?.count, facts?.warning], ['Scheduled', 1, false]);
	assert.deepEqual([facts?.about.kind, facts?.about.namespace, facts?.about.name], ['Pod', 'demo', 'shell-fp7mp']);
	assert.equal(eventFacts(fixtureItem('events', 'normal', {object: {type: 'Warning', count: 7}}))?.count, 7);
	assert.equal(eventFacts(fixtureItem('events', 'normal', {bare: true})), undefined);
});

test('who reports', () => {
	const source = (parts: Partial<KubeEvent>): string => eventSource({apiVersion: 'v1', kind: 'Event', metadata: {name: 'e'}, ...parts});
	assert.equal(source({source: {component: 'kubelet', host: 'n1'}}), 'kubelet, n1');
	assert.equal(source({reportingComponent: 'kubelet', source: {component: 'kubelet', host: 'n1'}}), 'kubelet, n1');
	assert.equal(source({reportingComponent: 'scheduler', reportingInstance: 'scheduler'}), 'scheduler');
	assert.equal(source({}), '');
});
