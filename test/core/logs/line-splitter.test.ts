import assert from 'node:assert/strict';
import {test} from 'node:test';
import {LineSplitter} from '../../../source/core/logs/line-splitter.ts';
import {seededRandom} from '../../tools/random.ts';

const stamp = '2026-11-21T15:04:05.123456789Z';
const bytes = (text: string) => Buffer.from(text);

function whole(parts: readonly Uint8Array[], splitter = new LineSplitter()) {
	const lines = parts.flatMap(part => splitter.push(part));
	const rest = splitter.rest();
	return rest === undefined ? lines : [...lines, rest];
}

test('lines are cut, their stamps read, whatever the pieces are', () => {
	const random = seededRandom(7);
	const texts = ['one', '', 'däe 漢字 🙂', 'a b c', 'tail\r'];
	const body = bytes(texts.map(text => `${stamp} ${text}\n`).join(''));
	for (let run = 0; run < 200; run++) {
		const parts: Buffer[] = [];
		for (let at = 0; at < body.length; ) {
			const length = 1 + random.below(20);
			parts.push(body.subarray(at, at + length));
			at += length;
		}
		const lines = whole(parts);
		assert.deepEqual(
			lines.map(({text}) => text),
			texts,
		);
		assert.ok(lines.every(line => line.stamp === stamp && line.at === Date.parse('2026-11-21T15:04:05.123Z')));
	}
});

test('T47: no newline at the end, NUL, invalid UTF-8, a line of 5 MB', () => {
	const long = 'x'.repeat(5 * 1024 * 1024);
	const invalid = Buffer.concat([bytes(`${stamp} a`), Buffer.from([0xff, 0x00, 0xc3]), bytes('\n')]);
	const lines = whole([bytes(`${stamp} ${long.slice(0, 100)}`), bytes(long.slice(100)), bytes('\n'), invalid, bytes(`${stamp} \u0000end`)]);
	assert.deepEqual(
		lines.map(({text}) => text.length),
		[long.length, 4, 4],
	);
	assert.equal(lines[1]?.text, 'a\ufffd\u0000\ufffd');
	assert.deepEqual(lines[1]?.raw, new Uint8Array([0x61, 0xff, 0x00, 0xc3]));
	assert.equal(lines[2]?.text, '\u0000end');
	assert.equal(lines[2]?.raw, undefined);
});

test('invalid bytes beside valid lines in one piece keep their own bytes only', () => {
	const piece = Buffer.concat([bytes(`${stamp} good\n${stamp} `), Buffer.from([0xfe]), bytes(`\n${stamp} fine\n`)]);
	const lines = whole([piece]);
	assert.deepEqual(
		lines.map(({text, raw}) => [text, raw && [...raw]]),
		[
			['good', undefined],
			['\ufffd', [0xfe]],
			['fine', undefined],
		],
	);
});

test('a line longer than what is held is cut, and says by how much', () => {
	const splitter = new LineSplitter(true, 100);
	const lines = whole([bytes(`${stamp} ${'y'.repeat(500)}`), bytes(`${'z'.repeat(10)}\n${stamp} next\n`)], splitter);
	assert.equal(lines[0]?.text.length, 100 - stamp.length - 1);
	assert.equal(lines[0]?.cutBytes, stamp.length + 1 + 510 - 100);
	assert.equal(lines[1]?.text, 'next');
});

test('what has no stamp is told from what has: the kubelet speaks without', () => {
	const lines = whole([bytes(`unable to retrieve container logs for containerd://1\n${stamp}\n2026-11-21 no stamp\n`)]);
	assert.deepEqual(
		lines.map(({stamp: read, text}) => [read, text]),
		[
			['', 'unable to retrieve container logs for containerd://1'],
			[stamp, ''],
			['', '2026-11-21 no stamp'],
		],
	);
});

test('stamps with other zones and fewer digits are read', () => {
	const lines = whole([bytes('2026-11-21T17:04:05.5+02:00 a\n2026-11-21T15:04:05Z b\n2026-11-21T15:04:05.9999Z c\n')]);
	assert.deepEqual(
		lines.map(({at}) => new Date(at ?? 0).toISOString()),
		['2026-11-21T15:04:05.500Z', '2026-11-21T15:04:05.000Z', '2026-11-21T15:04:05.999Z'],
	);
});
