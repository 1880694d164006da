import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {AccessQuestion} from '../../../source/core/cluster-client.ts';
import {ProblemError} from '../../../source/core/problem.ts';
import {observeTls, type TlsReads} from '../../../source/store/net/observe-tls.ts';
import {clusterView, deniedKind, object} from '../../tools/cluster-view.ts';
import {createFakeClock} from '../../tools/fake-clock.ts';

const ingress = (namespace: string, secretName: string) =>
	object('networking.k8s.io/v1', 'Ingress', `${namespace}/i-${secretName}`, {spec: {tls: [{hosts: ['a'], secretName}]}});
const objects = [ingress('shop', 'a'), ingress('shop', 'gone'), ingress('data', 'b'), ...['shop/a', 'data/b'].map(path => object('v1', 'Secret', path))];

function client(answers: Partial<TlsReads>): TlsReads & Readonly<{questions: AccessQuestion[]; reads: string[]}> {
	const [questions, reads]: [AccessQuestion[], string[]] = [[], []];
	return {
		questions,
		reads,
		skewMs: () => 5,
		can: question => {
			questions.push(question);
			return Promise.resolve({allowed: question.namespace === 'shop'});
		},
		tlsSecret: (namespace, name) => {
			reads.push(`${namespace}/${name}`);
			return Promise.resolve({type: 'kubernetes.io/tls', keys: []});
		},
		...answers,
	};
}

test('asks first whether Secrets may be read, once a namespace, and reads only those that are there', async () => {
	const reader = client({});
	const observed = await observeTls(reader, clusterView(objects), createFakeClock(1000), new AbortController().signal);
	assert.deepEqual(
		reader.questions.map(({verb, resource, namespace}) => `${verb} ${resource} ${namespace}`),
		['get secrets shop', 'get secrets data'],
	);
	assert.deepEqual(reader.reads, ['shop/a']);
	assert.deepEqual(observed, [{probe: 'tls-secret', target: 'shop/a', at: 1005, tookMs: 0, outcome: 'ok', facts: {type: 'kubernetes.io/tls', keys: []}}]);
});

test('without a list of Secrets every one that is named is asked for; what fails is an observation that failed', async () => {
	const problem = {code: 'not-found' as const, what: 'x', cause: 'there is no Secret gone'};
	const reader = client({
		tlsSecret: (_namespace, name) => (name === 'gone' ? Promise.reject(new ProblemError(problem)) : Promise.resolve({type: '', keys: []})),
	});
	const view = clusterView(objects, {unread: {secrets: deniedKind('secrets')}});
	const observed = await observeTls(reader, view, createFakeClock(0), new AbortController().signal);
	assert.deepEqual(
		observed.map(({target, outcome}) => `${target} ${outcome}`),
		['shop/a ok', 'shop/gone failed'],
	);
});

test('one that does not answer is timed out; a signal ends it', async () => {
	const clock = createFakeClock(0);
	const never = client({
		tlsSecret: (_namespace, _name, signal) =>
			new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new ProblemError({code: 'cancelled', what: 'x', cause: 'y'})))),
	});
	const pending = observeTls(never, clusterView(objects), clock, new AbortController().signal);
	await new Promise(setImmediate);
	await clock.advance(3000);
	assert.deepEqual(
		(await pending).map(({outcome}) => outcome),
		['timed-out'],
	);
	const stop = new AbortController();
	const stopped = observeTls(never, clusterView(objects), createFakeClock(0), stop.signal);
	await new Promise(setImmediate);
	stop.abort();
	await assert.rejects(stopped);
});
