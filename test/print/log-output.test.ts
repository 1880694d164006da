import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {LogEvent, LogLine, LogMark} from '../../source/core/logs/log-record.ts';
import type {Pod} from '../../source/core/pod.ts';
import {LogOutput, type LogOutputOptions, markSentence} from '../../source/print/log-output.ts';
import {choiceOf, defaultedNote, noContainerSentence, noObjectSentence, noPodsSentence} from '../../source/print/log-sentences.ts';

const origin = {namespace: 'shop', pod: 'web-1', container: 'main', restart: 2};
const line = (text: string, rest: Partial<LogLine> = {}): LogLine => ({
	type: 'line',
	id: 0,
	origin,
	stamp: '2026-11-21T15:00:00.123456789Z',
	at: Date.UTC(2026, 10, 21, 15),
	text,
	...rest,
});
const event: LogEvent = {
	type: 'event',
	id: 1,
	origin: {namespace: 'shop', pod: 'web-1'},
	at: Date.UTC(2026, 10, 21, 15),
	warning: true,
	reason: 'BackOff',
	message: 'Back-off',
	count: 3,
};

function output(rest: Partial<LogOutputOptions> = {}, filter: Partial<LogOutputOptions['filter']> = {}) {
	const options = {
		filter: {include: [], exclude: [], ...filter},
		format: 'text',
		prefix: 'none',
		isTerminal: false,
		shown: (text: string) => text,
		isPlain: true,
		...rest,
	} as const;
	const made = new LogOutput(options);
	return (...records: ReadonlyArray<LogLine | LogEvent | LogMark>) =>
		Buffer.concat(records.flatMap(record => made.lines(record).map(piece => Buffer.from(piece)))).toString('latin1');
}

test('text: as the container wrote it, byte by byte; a prefix only where there are several sources', () => {
	assert.equal(output()(line('a\x1b[2Jb\r')), 'a\x1b[2Jb\r\n');
	assert.equal(output()(line('\ufffd', {raw: new Uint8Array([0xff])})), '\xff\n');
	assert.equal(output({prefix: 'pod'})(line('a')), 'web-1 main a\n');
	assert.equal(output({prefix: 'namespace'})(line('a')), 'shop web-1 main a\n');
	assert.equal(output({isTerminal: true})(line('a\x1b[2Jb\r')), 'ab\n');
	assert.equal(output({prefix: 'pod'})(event), 'web-1 event Warning BackOff: Back-off (3 times)\n');
});

test('json: one object a line with time, place, run, level and message', () => {
	const printed = output({format: 'json'})(line('{"level":"error","msg":"no"}'), line('nothing said'), event)
		.trimEnd()
		.split('\n')
		.map(text => JSON.parse(text));
	assert.deepEqual(printed[0], {
		...{type: 'line', time: '2026-11-21T15:00:00.123456789Z', namespace: 'shop', pod: 'web-1', container: 'main', restart: 2},
		...{level: 'error', message: '{"level":"error","msg":"no"}'},
	});
	assert.equal(printed[1].level, null);
	assert.deepEqual(printed[2], {
		...{type: 'event', time: '2026-11-21T15:00:00.000Z', namespace: 'shop', pod: 'web-1', level: 'warn', reason: 'BackOff', count: 3, message: 'Back-off'},
	});
});

test('every text goes through the one place where it can be masked', () => {
	const shown = (text: string) => text.replace('secret', '(masked)').replace('web-1', 'pod-1');
	assert.equal(output({shown, isPlain: false, prefix: 'pod'})(line('a secret', {raw: new Uint8Array([1])})), 'pod-1 main a (masked)\n');
	assert.match(output({shown, isPlain: false, format: 'json'})(line('a secret')), /"pod":"pod-1".*"message":"a \(masked\)"/);
});

test('one of the expressions to include is enough, none to exclude may match; colours do not stand in the way', () => {
	const kept = output({}, {include: ['^GET', 'shop'], exclude: ['health', 'probe']});
	assert.equal(
		kept(line('GET /shop'), line('GET /x'), line('POST /shop'), line('POST /x'), line('GET /shop/health'), line('GET /probe')),
		'GET /shop\nGET /x\nPOST /shop\n',
	);
	assert.equal(output({}, {include: ['warning: no']})(line('\x1b[33mwarning:\x1b[0m no')), '\x1b[33mwarning:\x1b[0m no\n');
});

test('levels: at least; a stack trace goes with its first line', () => {
	const kept = output({}, {level: 'error'});
	assert.equal(kept(...['INFO fine', 'ERROR broken', 'nothing said'].map(text => line(text))), 'ERROR broken\n');
	assert.ok(kept(line('ERROR broken'), line('\tat com.shop.Cart.add(Cart.java:7)')).includes('Cart.java'));
	assert.ok(!kept(line('INFO fine'), line('\tat com.shop.Cart.add(Cart.java:7)')).includes('Cart.java'));
});

test('marks are sentences of their own; what needs no saying is not said', () => {
	const mark = (rest: Partial<LogMark>): LogMark => ({
		type: 'mark',
		id: 0,
		origin,
		kind: 'restarted',
		at: 0,
		tone: 'error',
		text: 'restarted: exit 1, 3rd time',
		...rest,
	});
	assert.equal(markSentence(mark({})), 'shop/web-1 main: restarted: exit 1, 3rd time.');
	assert.equal(
		markSentence(mark({kind: 'gap', text: 'gap: gone', from: Date.UTC(2026, 10, 21), to: Date.UTC(2026, 10, 21, 1)})),
		'shop/web-1 main: gap: gone (2026-11-21T00:00:00.000Z to 2026-11-21T01:00:00.000Z).',
	);
	assert.equal(markSentence(mark({kind: 'ended', tone: 'muted'})), undefined);
	assert.equal(markSentence(mark({kind: 'empty', text: 'ended: exit 0, no lines'})), undefined);
	assert.equal(markSentence(mark({kind: 'empty', text: 'there is no run before this one'})), 'shop/web-1 main: there is no run before this one.');
	assert.equal(markSentence(line('a')), undefined);
	assert.equal(output()(mark({})), '');
});

const pod: Pod = {
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: 'web-1'},
	spec: {containers: [{name: 'main'}, {name: 'proxy'}], initContainers: [{name: 'setup'}]},
};

test('one note where one of several containers was taken, one sentence where none fits', () => {
	assert.equal(
		defaultedNote([pod], choiceOf({allContainers: false})),
		'Reading container main of main, proxy, setup (init); name another with -c, or read all of them with --all-containers.',
	);
	assert.equal(defaultedNote([pod], choiceOf({allContainers: true})), undefined);
	assert.equal(defaultedNote([pod], choiceOf({allContainers: false, container: 'main'})), undefined);
	assert.equal(noContainerSentence([pod], 'zz'), 'Pod web-1 has no container zz; it has main, proxy, setup (init).');
	assert.equal(noContainerSentence([pod, pod], 'zz'), 'None of the 2 pods has a container zz; pod web-1 has main, proxy, setup (init).');
});

test('what is not there is named', () => {
	assert.equal(noObjectSentence({type: 'pod', namespace: 'shop', name: 'web-1'}), 'There is no pod web-1 in namespace shop.');
	assert.equal(
		noObjectSentence({type: 'owner', kind: 'deployments.apps', namespace: 'shop', name: 'web'}),
		'There is no deployments.apps/web in namespace shop.',
	);
	assert.equal(noPodsSentence({type: 'selector', labelSelector: 'app=web'}), 'No pod has the labels app=web in any namespace.');
});
