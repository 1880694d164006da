import assert from 'node:assert/strict';
import {test} from 'node:test';
import {LogReading} from '../../../source/core/logs/log-reading.ts';
import {copiedText, plainRecords, writtenRecords} from '../../../source/core/logs/log-text.ts';
import {eventRecord, lineRecord, markRecord} from './log-fixture.ts';

const one = lineRecord(0, '\x1b[31mred\x1b[0m');
const other = lineRecord(1, 'blue', {container: 'envoy'});

test('one source is written as kubectl does with --timestamps, byte by byte', () => {
	const bytes = new Uint8Array([0xff, 0x41]);
	assert.deepEqual(writtenRecords([one, {...lineRecord(1, '\ufffdA'), raw: bytes}]), [
		'2026-01-14T14:01:48.000Z ',
		'\x1b[31mred\x1b[0m\n',
		'2026-01-14T14:01:49.000Z ',
		bytes,
		'\n',
	]);
});

test('several sources are named, marks and events are told apart from lines', () => {
	const text = writtenRecords([one, other, markRecord(2, 'restarted: exit 1', {origin: one.origin}), eventRecord(3, 'BackOff', 'again')]).join('');
	assert.deepEqual(
		text
			.trimEnd()
			.split('\n')
			.map(line => line.slice(25)),
		[
			'shop/checkout-5b8c9f7d66-xw8pl app \x1b[31mred\x1b[0m',
			'shop/checkout-5b8c9f7d66-xw8pl envoy blue',
			'shop/checkout-5b8c9f7d66-xw8pl app --- restarted: exit 1 ---',
			'shop/checkout-5b8c9f7d66-xw8pl event Warning BackOff: again',
		],
	);
});

test('what goes to a terminal or the clipboard has no escapes', () => {
	assert.equal(plainRecords([one]), '2026-01-14T14:01:48.000Z red\n');
	const trace = lineRecord(2, '   at x (y.js:1:1)', {at: one.at + 1});
	const {shown} = new LogReading().read([one, trace], {filters: [], context: 0, clearedBefore: 0, fold: true, events: true});
	assert.equal(copiedText(shown), 'red\n   at x (y.js:1:1)');
});
