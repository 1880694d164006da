import {performance} from 'node:perf_hooks';
import {text as textOf} from 'node:stream/consumers';
import {maskLines} from '../../source/core/share/mask-lines.ts';
import {countMasks, type MaskOptions, plainMask} from '../../source/core/share/mask-text.ts';
import {Pseudonyms} from '../../source/core/share/pseudonyms.ts';
import {cpuMs} from './open-session.ts';
import type {PartOptions, PartResult} from './part.ts';
import {median} from './process-figures.ts';
import {machineText, number} from './report.ts';
import {lineBytes, WrittenLog} from './written-log.ts';

const pieceBytes = 64 * 1024;
const secrets = [
	'authorization: Bearer abcdef0123456789abcdef0123456789',
	'DATABASE_URL=postgres://shop:correct-horse-battery@db.shop.svc:5432/orders',
	'{"level":"info","msg":"login","password":"hunter2hunter2","user":"ann"}',
	'aws_access_key_id=AKIAABCDEFGHIJKLMNOP',
];

/** What share mode costs a log: lines that hold no secret, and lines of which some do. */
export async function maskingPart({quick}: PartOptions): Promise<PartResult> {
	const lines = quick ? 10_000 : 40_000;
	const times = quick ? 2 : 3;
	const clean = new WrittenLog({startedAt: Date.now(), everyMs: 1, most: lines}).bytes(0, lines);
	const mixed = Buffer.from(withSecrets(clean.toString()));
	const shown = countMasks(await textOf(maskLines(pieces(mixed), plainMask)));
	if (shown !== lines / 10) throw new Error(`${lines / 10} lines have a secret, ${shown} were masked`);
	const names = new Pseudonyms();
	for (let number = 0; number < 1000; number++)
		names.learn({apiVersion: 'v1', kind: 'Pod', name: `app-${number}-5d8f7c9b4-x2x4z`, namespace: `team-${number % 50}`});
	const all: MaskOptions = {patterns: [], addresses: true, pseudonym: name => names.of(name)};
	const raw = await costOf(() => cutLines(pieces(clean, 10)), lines * 10, times);
	const masked = await costOf(() => maskLines(pieces(clean), plainMask), lines, times);
	const found = await costOf(() => maskLines(pieces(mixed), plainMask), lines, times);
	const everything = await costOf(() => maskLines(pieces(mixed), all), lines, times);
	const speed = (microseconds: number) => `${number(1e6 / microseconds)} lines/s, ${number(microseconds)} µs of CPU a line`;
	return {
		section: {
			id: 'masking',
			title: 'Masking (share mode)',
			text: [
				`\`npm run bench -- --only masking\`, ${number(lines)} lines of ${lineBytes} bytes in pieces of 64 KiB, medians of ${times}. ${machineText()}`,
				'',
				'The stream of a log with every line masked (core/share/mask-lines.ts), on one core. Beside it the same bytes decoded, cut into lines and put together again.',
			],
			lines: [
				{what: 'cut into lines and put together', value: speed(raw)},
				{what: 'masked, no secret in them', value: speed(masked), target: '>= 10,000 lines/s'},
				{what: 'masked, a secret in every tenth line', value: speed(found), target: '>= 10,000 lines/s'},
				{what: 'the same with addresses and names (`--share=ip,names`)', value: speed(everything)},
			],
		},
		ratios: {maskPerCut: masked / raw, maskMicrosecondsPerLine: found},
	};
}

function withSecrets(text: string): string {
	return text
		.split('\n')
		.map((line, index) => (index % 10 === 5 ? `${line.slice(0, 31)}${secrets[(index / 10) & 3]}` : line))
		.join('\n');
}

async function* pieces(bytes: Uint8Array, rounds = 1): AsyncGenerator<Uint8Array> {
	for (let round = 0; round < rounds; round++) for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

async function* cutLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	const decoder = new TextDecoder();
	const encoder = new TextEncoder();
	let begun = '';
	for await (const piece of stream) {
		const lines = (begun + decoder.decode(piece, {stream: true})).split('\n');
		begun = lines.pop() ?? '';
		yield encoder.encode(`${lines.join('\n')}\n`);
	}
	if (begun !== '') yield encoder.encode(begun);
}

/** µs of CPU a line, median; the first run is thrown away. Gives up after the time that three runs of a fast machine would never take. */
async function costOf(stream: () => AsyncIterable<Uint8Array>, lines: number, times: number): Promise<number> {
	const costs: number[] = [];
	const startedAt = performance.now();
	for (let time = 0; time <= times && (time < 2 || performance.now() - startedAt < 4000); time++) {
		const before = cpuMs();
		let bytes = 0;
		for await (const piece of stream()) bytes += piece.length;
		if (bytes === 0) throw new Error('Nothing came out');
		costs.push(((cpuMs() - before) * 1000) / lines);
	}
	return median(costs.slice(1));
}
