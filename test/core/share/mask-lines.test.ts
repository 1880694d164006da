import assert from 'node:assert/strict';
import {test} from 'node:test';
import {maskLines} from '../../../source/core/share/mask-lines.ts';
import {plainMask} from '../../../source/core/share/mask-text.ts';
import {plantedSecrets} from './planted-secrets.ts';

async function masked(pieces: readonly string[]): Promise<string> {
	const bytes = async function* (): AsyncIterable<Uint8Array> {
		for (const piece of pieces) yield new TextEncoder().encode(piece);
	};
	let text = '';
	for await (const piece of maskLines(bytes(), plainMask)) text += new TextDecoder().decode(piece);
	return text;
}

test('a secret is masked wherever the pieces of the stream end', async () => {
	for (const {name, secret, text} of plantedSecrets) {
		const stream = `${text
			.split('\n')
			.map(line => `2026-11-21T14:02:31.000000001Z ${line}`)
			.join('\n')}\n`;
		for (const at of [1, 20, 35, 40, 50]) {
			const found = await masked([stream.slice(0, at), stream.slice(at)]);
			assert.ok(!found.includes(secret), `${name}: ${found}`);
			assert.equal(found.split('\n').length, stream.split('\n').length, `${name}: as many lines`);
		}
	}
});

test('a private key over several lines is masked in all of them, and nothing behind it', async () => {
	const begin = `-----BEGIN ${'PRIVATE'} KEY-----`;
	const end = `-----END ${'PRIVATE'} KEY-----`;
	assert.equal(
		await masked(['T1 x\n', `${begin}\nMIIEv`, `QIBAD\n${end}\nplain`]),
		'T1 x\n(masked private key, 27 chars)\n(masked private key, 10 chars)\n(masked private key, 25 chars)\nplain',
	);
});
