import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeObject} from '../../source/core/kubernetes.ts';
import type {FamilyHealth, Trouble} from '../../source/core/overview-model.ts';
import {ProblemError} from '../../source/core/problem.ts';
import {TroubleTimes} from '../../source/store/trouble-times.ts';
import {catalogueOf, labelled, served} from './many-feeds.ts';

const catalogue = catalogueOf(labelled('v1', 'Pod', 'pods'));
const readyLost = Date.parse('2026-11-21T12:00:00Z');

function trouble(name: string, why = 'CrashLoopBackOff, 3 restarts', more: Partial<Trouble> = {}): Trouble {
	return {kind: 'pods', ref: {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name, uid: `uid-${name}`}, tone: 'error', why, ...more};
}

function family(...troubles: readonly Trouble[]): FamilyHealth {
	return {family: 'workloads', ok: 0, warning: 0, error: troubles.length, other: 0, troubles, notRead: [], loading: false};
}

function pod(name: string): KubeObject {
	const conditions = [{type: 'Ready', status: 'False', lastTransitionTime: new Date(readyLost).toISOString()}];
	return served('v1', 'Pod', {metadata: {name, namespace: 'shop'}, status: {phase: 'Running', conditions}});
}

function start(answer: (name: string) => Promise<KubeObject> = async name => pod(name)) {
	const asked: string[] = [];
	let told = 0;
	const client = {
		get: (_type: unknown, _namespace: string | undefined, name: string) => {
			asked.push(name);
			return answer(name);
		},
	};
	const times = new TroubleTimes({client, catalogue: () => catalogue, changed: () => told++});
	const sinces = (...troubles: readonly Trouble[]) => times.dated([family(...troubles)])[0]?.troubles.map(({since}) => since);
	return {times, asked, sinces, told: () => told};
}

/** Everything that waits for answers which are there has run. */
const settled = async (): Promise<void> => {
	for (let turn = 0; turn < 200; turn++) await Promise.resolve();
};

test('a pod in trouble whose row tells no time is read once, and has the time of its own from then on', async () => {
	const {asked, sinces, told} = start();
	assert.deepEqual(sinces(trouble('a')), [undefined], 'nothing waits for it');
	await settled();
	assert.equal(told(), 1);
	assert.deepEqual(sinces(trouble('a')), [readyLost]);
	assert.deepEqual(sinces(trouble('a', 'CrashLoopBackOff, 4 restarts')), [readyLost], 'another restart is the same trouble');
	await settled();
	assert.deepEqual(asked, ['a']);
});

test('what has a time, and what is no pod, is not asked for', async () => {
	const {asked, sinces} = start();
	const service: Trouble = {
		kind: 'services',
		ref: {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web'},
		tone: 'error',
		why: '0/2 endpoints ready',
	};
	assert.deepEqual(sinces(trouble('a', 'Evicted', {since: 5}), service), [5, undefined]);
	await settled();
	assert.deepEqual(asked, []);
});

test('however many pods are in trouble, only the first are read, one after the other', async () => {
	const waiting: (() => void)[] = [];
	const {asked, sinces} = start(name => new Promise(resolve => waiting.push(() => resolve(pod(name)))));
	const many = Array.from({length: 500}, (_, index) => trouble(`p${index}`));
	sinces(...many);
	assert.equal(asked.length, 1);
	for (let answered = 0; answered < 500 && waiting.length > 0; answered++) {
		waiting.shift()?.();
		await settled();
	}
	assert.equal(asked.length, 20);
	assert.equal(sinces(...many)?.filter(since => since !== undefined).length, 20);
});

test('the next trouble of a pod that was well in between is read anew', async () => {
	const {asked, sinces} = start();
	sinces(trouble('a'));
	await settled();
	sinces();
	sinces(trouble('a'));
	await settled();
	assert.deepEqual(asked, ['a', 'a']);
});

test('who may not get pods is asked once for all of them; another failure costs that pod only', async () => {
	const denied = start(() => Promise.reject(new ProblemError({code: 'forbidden', what: 'Could not get pod', cause: 'you may not'})));
	denied.sinces(trouble('a'), trouble('b'));
	await settled();
	assert.deepEqual(denied.sinces(trouble('a'), trouble('b')), [undefined, undefined]);
	await settled();
	assert.deepEqual(denied.asked, ['a']);

	const gone = start(name => (name === 'a' ? Promise.reject(new Error('gone')) : Promise.resolve(pod(name))));
	gone.sinces(trouble('a'), trouble('b'));
	await settled();
	assert.deepEqual(gone.sinces(trouble('a'), trouble('b')), [undefined, readyLost]);
	assert.deepEqual(gone.asked, ['a', 'b'], 'not again');
});

test('after the end nothing is asked and nobody is told', async () => {
	const {times, asked, sinces, told} = start();
	sinces(trouble('a'), trouble('b'));
	times[Symbol.dispose]();
	await settled();
	assert.deepEqual([asked, told()], [['a'], 0]);
});
