import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Earliest} from '../../../source/core/logs/earliest.ts';
import {pastOf, pastQuestion, pastStart} from '../../../source/core/logs/log-past.ts';
import {logTargetOf} from '../../../source/core/logs/log-target-of.ts';
import {terminalText} from '../../../source/core/logs/terminal-text.ts';
import {makeCatalogue} from '../../../source/core/make-catalogue.ts';
import {resourceKinds} from '../../../source/resources/index.ts';
import {seededRandom} from '../../tools/random.ts';

const now = Date.UTC(2026, 10, 21, 16, 0, 0) + 500;

test('ranges and what a command line asks for, as parameters', () => {
	assert.deepEqual(pastQuestion(pastOf('tail'), now), {tailLines: 1000});
	assert.deepEqual(pastQuestion(pastOf('head'), now), {});
	assert.deepEqual(pastQuestion(pastOf('15m'), now), {sinceTime: '2026-11-21T15:45:00Z'});
	assert.deepEqual(pastQuestion({tailLines: 5, sinceMs: 1000}, now), {tailLines: 5, sinceTime: '2026-11-21T15:59:59Z'});
	assert.equal(pastStart({fromTime: 42, sinceMs: 7}, now), 42);
});

test('whose logs a command line means', () => {
	const catalogue = makeCatalogue(resourceKinds, undefined);
	const of = (target: {kind: string; name?: string} | undefined, rest = {}) =>
		logTargetOf({...(target === undefined ? {} : {target}), allNamespaces: false, ...rest}, catalogue, 'shop');
	assert.deepEqual(of({kind: 'pods', name: 'web-1'}), {ok: true, target: {type: 'pod', namespace: 'shop', name: 'web-1'}});
	assert.deepEqual(of({kind: 'deployment', name: 'web'}), {ok: true, target: {type: 'owner', kind: 'deployments.apps', namespace: 'shop', name: 'web'}});
	assert.deepEqual(of({kind: 'node', name: 'n1'}), {ok: true, target: {type: 'node', node: 'n1', service: 'kubelet'}});
	assert.deepEqual(of({kind: 'node', name: 'n1'}, {container: 'containerd'}), {ok: true, target: {type: 'node', node: 'n1', service: 'containerd'}});
	assert.deepEqual(of(undefined, {labelSelector: 'app=web', allNamespaces: true}), {ok: true, target: {type: 'selector', labelSelector: 'app=web'}});
	const unknown = of({kind: 'deploymen', name: 'web'});
	assert.ok(!unknown.ok && /no kind deploymen\. Did you mean deployment/.test(unknown.refusal));
	const namespace = of({kind: 'namespace', name: 'shop'});
	assert.ok(!namespace.ok && /no pods of its own/.test(namespace.refusal));
});

test('a terminal gets colours that end with their line, and nothing else that acts on it', () => {
	assert.equal(terminalText('plain\ttext'), 'plain\ttext');
	assert.equal(terminalText('\x1b[31mred\x1b[0m and'), '\x1b[31mred\x1b[0m and\x1b[0m');
	assert.equal(terminalText('a\x1b[2J\x1b]0;title\x07b\x1bcc\x9b1mz'), 'abc\x1b[1mz\x1b[0m');
	assert.equal(terminalText('over\rwritten\r'), 'over written');
	assert.equal(terminalText('a\u202eb\x00c'), 'ab c');
	// Nothing but SGR is left of anything that begins with an escape.
	const random = seededRandom(11);
	const alphabet = ['\x1b', '[', ']', 'm', '1', ';', '\x07', '\x9b', 'P', '\\', 'a', '\x00', '\r', '\x90', 'H', ' '];
	for (let run = 0; run < 5000; run++) {
		const shown = terminalText(Array.from({length: 12}, () => random.pick(alphabet)).join(''));
		assert.doesNotMatch(shown.replace(/\x1b\[[0-9;:]*m/g, ''), /[\x00-\x08\x0a-\x1f\x7f-\x9f]/);
	}
});

test('the earliest comes first, of equal ones the first in order', () => {
	const random = seededRandom(5);
	const heap = new Earliest<number>();
	const keys = Array.from({length: 500}, (_key, index) => ({key: random.below(50), order: index}));
	for (const [index, {key, order}] of keys.entries()) heap.add(index, key, order);
	const taken = keys.map(() => heap.take());
	const wanted = keys.map((_key, index) => index).sort((a, b) => (keys[a]?.key ?? 0) - (keys[b]?.key ?? 0) || a - b);
	assert.deepEqual(taken, wanted);
	assert.equal(heap.take(), undefined);
});
