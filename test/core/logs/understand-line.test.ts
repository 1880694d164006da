import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {LogField} from '../../../source/core/logs/json-fields.ts';
import {shownLength, understandLine} from '../../../source/core/logs/understand-line.ts';
import {fuzzPlan, seededRandom} from '../../tools/random.ts';

type Case = Readonly<{line: string; format: string; level?: string; message: string; fields?: readonly LogField[]}>;

const cases: readonly Case[] = [
	{line: 'starting checkout 2.18.0', format: 'text', message: 'starting checkout 2.18.0'},
	{line: 'INFO  starting checkout 2.18.0 (rev 8)', format: 'text', level: 'info', message: 'starting checkout 2.18.0 (rev 8)'},
	{line: '2026-01-14T14:01:50Z ERROR lookup failed', format: 'text', level: 'error', message: 'lookup failed'},
	{line: '2026-01-14 14:01:50,123 - WARNING - disk is slow', format: 'text', level: 'warn', message: 'disk is slow'},
	{line: '[warn] not configured', format: 'text', level: 'warn', message: 'not configured'},
	{line: '14:01:50 [debug] not configured', format: 'text', level: 'debug', message: 'not configured'},
	{line: 'FATAL config: DB_URL is not set', format: 'text', level: 'fatal', message: 'config: DB_URL is not set'},
	{
		line: 'ERROR:django.request:Internal Server Error',
		format: 'text',
		level: 'error',
		message: 'Internal Server Error',
		fields: [['logger', 'django.request']],
	},
	{line: 'main: ERROR cannot open /x', format: 'text', level: 'error', message: 'main: ERROR cannot open /x'},
	{line: 'no errors were found', format: 'text', message: 'no errors were found'},
	{line: 'Error: connect ECONNREFUSED', format: 'text', level: 'error', message: 'connect ECONNREFUSED'},
	{line: 'request done level=warn', format: 'text', level: 'warn', message: 'request done level=warn'},
	{
		line: 'E1121 14:01:48.123456       1 controller.go:114] loading failed',
		format: 'klog',
		level: 'error',
		message: 'loading failed',
		fields: [['source', 'controller.go:114']],
	},
	{
		line: 'I1121 14:01:48.123456       1 reflector.go:376] "Caches are synced" type="*v1.Pod" duration="1.2s"',
		format: 'klog',
		level: 'info',
		message: 'Caches are synced',
		fields: [
			['source', 'reflector.go:376'],
			['type', '*v1.Pod'],
			['duration', '1.2s'],
		],
	},
	{
		line: '{"level":"error","ts":1768399310.1,"msg":"lookup failed","host":"pg","http":{"status":500}}',
		format: 'json',
		level: 'error',
		message: 'lookup failed',
		fields: [
			['host', 'pg'],
			['http.status', '500'],
		],
	},
	{line: '{"level":50,"time":1768399310123,"pid":7,"msg":"boom"}', format: 'json', level: 'error', message: 'boom', fields: [['pid', '7']]},
	{
		line: '{"level":30,"name":"api","msg":"up","v":0}',
		format: 'json',
		level: 'info',
		message: 'up',
		fields: [
			['name', 'api'],
			['v', '0'],
		],
	},
	{line: '{"severity":"WARNING","message":"slow"}', format: 'json', level: 'warn', message: 'slow'},
	{line: '{"lvl":"dbug","message":"x"}', format: 'json', message: 'x', fields: [['lvl', 'dbug']]},
	{line: '{"t":"2026","s":"I","c":"NETWORK","msg":"listening"}', format: 'json', level: 'info', message: 'listening', fields: [['c', 'NETWORK']]},
	{line: '{"@t":"2026","@l":"Error","@m":"done","user":"a"}', format: 'json', level: 'error', message: 'done', fields: [['user', 'a']]},
	{line: '{"error":"no route","host":"b"}', format: 'json', level: 'error', message: 'no route', fields: [['host', 'b']]},
	{
		line: '{"a":1,"b":"two words"}',
		format: 'json',
		message: 'a=1 b=two words',
		fields: [
			['a', '1'],
			['b', 'two words'],
		],
	},
	{line: '{"not json', format: 'text', message: '{"not json'},
	{
		line: 'time=2026-01-14T14:01:50Z level=warn msg="slow \\"query\\"" took=2.1s',
		format: 'logfmt',
		level: 'warn',
		message: 'slow "query"',
		fields: [['took', '2.1s']],
	},
	{line: 'a=1 b=2', format: 'text', message: 'a=1 b=2'},
	{
		line: '2026-01-14T14:01:50.123Z\tERROR\tcontroller\tcmd/main.go:42\treconcile failed\t{"name": "web"}',
		format: 'zap',
		level: 'error',
		message: 'reconcile failed',
		fields: [
			['logger', 'controller'],
			['caller', 'cmd/main.go:42'],
			['context', '{"name": "web"}'],
		],
	},
	{line: '2026-01-14T14:01:50.123Z\t\x1b[34mINFO\x1b[0m\tstarted', format: 'zap', level: 'info', message: 'started'},
	{
		line: '2026-01-14 14:01:50.123  WARN 1 --- [main] o.s.boot.Application : slow start',
		format: 'java',
		level: 'warn',
		message: 'slow start',
		fields: [
			['logger', 'o.s.boot.Application'],
			['thread', 'main'],
		],
	},
	{
		line: '14:01:50.123 [http-1] ERROR com.shop.Cart - no such item',
		format: 'java',
		level: 'error',
		message: 'no such item',
		fields: [
			['logger', 'com.shop.Cart'],
			['thread', 'http-1'],
		],
	},
	{
		line: '2026/01/14 14:01:50 [error] 29#29: *12 open() "/x" failed (2: No such file or directory)',
		format: 'nginx',
		level: 'error',
		message: 'open() "/x" failed (2: No such file or directory)',
		fields: [
			['process', '29#29'],
			['connection', '12'],
		],
	},
	{
		line: '10.244.1.9 - - [14/Jan/2026:14:01:50 +0000] "GET /x HTTP/1.1" 502 157 "-" "curl/8.5"',
		format: 'access',
		level: 'error',
		message: '502 GET /x HTTP/1.1',
		fields: [
			['status', '502'],
			['method', 'GET'],
			['path', '/x'],
			['client', '10.244.1.9'],
			['bytes', '157'],
			['agent', 'curl/8.5'],
		],
	},
	{
		line: '[2026-01-14 14:01:50.189][1][warning][upstream] [source/x.cc:32] no healthy host',
		format: 'text',
		level: 'warn',
		message: 'no healthy host',
		fields: [
			['thread', '1'],
			['logger', 'upstream'],
			['source', 'source/x.cc:32'],
		],
	},
];

for (const {line, format, level, message, fields} of cases)
	test(`understands ${JSON.stringify(line.slice(0, 60))}`, () => {
		const read = understandLine(line);
		assert.deepEqual({format: read.format, level: read.level, message: read.message}, {format, level, message});
		if (fields !== undefined) assert.deepEqual(read.fields, fields);
	});

test('an access line of envoy is read by its status', () => {
	const line = '[2026-01-14T14:01:50.903Z] "GET /api HTTP/1.1" 503 UF 0 91 65 - "-" "probe/1" "0bd2" "shop" "10.244.1.9:8080"';
	const read = understandLine(line);
	assert.equal(read.level, 'error');
	assert.equal(read.message, '503 UF GET /api HTTP/1.1 65ms');
	assert.deepEqual(
		read.fields.find(([name]) => name === 'upstream'),
		['upstream', '10.244.1.9:8080'],
	);
});

test('colours stay where the message is part of the line, as tones', () => {
	const read = understandLine('\x1b[31mERROR\x1b[0m \x1b[1;33mdisk\x1b[0m is full');
	assert.equal(read.level, 'error');
	assert.equal(read.message, 'disk is full');
	assert.deepEqual(read.runs, [{from: 0, tone: 'warning', bold: true}, {from: 4}]);
});

test('a line of megabytes is shown up to its cut and says how much is missing', () => {
	const read = understandLine('x'.repeat(5_000_000));
	assert.ok(read.message.length < shownLength + 100);
	assert.match(read.message, /4,983,616 characters more, S saves them$/);
});

test('no line throws, takes long or leaves a byte that acts on a terminal', () => {
	const {runs, seed} = fuzzPlan(300);
	const random = seededRandom(seed);
	const parts = [
		'\x1b[31m',
		'\x1b]8;;http://x\x07',
		'\x1b',
		'\r',
		'\t',
		'{"a":',
		'}',
		'"',
		'level=',
		'ERROR ',
		'=',
		' ',
		'\u202e',
		'\x9b2J',
		'x'.repeat(50),
		'[',
		']',
		'14:02:31 ',
		'\x00',
		'語',
	];
	for (let run = 0; run < runs; run++) {
		const line = Array.from({length: random.below(40)}, () => random.pick(parts)).join('');
		const read = understandLine(line);
		for (const text of [read.message, read.whole, ...read.fields.flat()])
			assert.doesNotMatch(text, /[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/, `seed ${seed}: ${JSON.stringify(line)}`);
	}
});
