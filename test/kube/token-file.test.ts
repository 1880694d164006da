import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {createTlsFiles} from '../../source/kube/tls-files.ts';
import {createTokenFileSource} from '../../source/kube/token-file.ts';
import {createFakeClock} from '../tools/fake-clock.ts';

const never = new AbortController().signal;

async function folder(): Promise<AsyncDisposable & Readonly<{path(name: string): string}>> {
	const root = await mkdtemp(join(tmpdir(), 'k8tui-files-'));
	return {path: name => join(root, name), [Symbol.asyncDispose]: () => rm(root, {recursive: true, force: true})};
}

test('the token is trimmed, kept 50 s, then read again; the same text is the same secret', async () => {
	await using files = await folder();
	const file = files.path('token');
	await writeFile(file, ' one\n');
	const clock = createFakeClock();
	const source = createTokenFileSource({file, clock});
	const first = await source.current(never);
	assert.deepEqual(first, {authorization: 'Bearer one'});
	await writeFile(file, 'two');
	await clock.advance(49_999);
	assert.equal(await source.current(never), first);
	await clock.advance(1);
	const second = await source.current(never);
	assert.deepEqual(second, {authorization: 'Bearer two'});
	await clock.advance(60_000);
	assert.equal(await source.current(never), second);
});

test('after a 401 it is read at once; the same token again is nothing newer', async () => {
	await using files = await folder();
	const file = files.path('token');
	await writeFile(file, 'one');
	const source = createTokenFileSource({file, clock: createFakeClock()});
	const first = await source.current(never);
	assert.equal(await source.renew(first, never), undefined);
	await writeFile(file, 'two');
	const second = await source.renew(first, never);
	assert.deepEqual(second, {authorization: 'Bearer two'});
	assert.equal(await source.renew(first, never), second);
});

test('a file that goes away leaves the last token; one that never was is told, unless a token stands beside it', async () => {
	await using files = await folder();
	const file = files.path('token');
	const clock = createFakeClock();
	await assert.rejects(createTokenFileSource({file, clock}).current(never), /Could not read the token file .*ENOENT/);
	assert.deepEqual(await createTokenFileSource({file, fallback: ' beside ', clock}).current(never), {authorization: 'Bearer beside'});
	await writeFile(file, '\n');
	await assert.rejects(createTokenFileSource({file, clock}).current(never), /the file is empty/);
	await writeFile(file, 'one');
	const source = createTokenFileSource({file, clock});
	const first = await source.current(never);
	await rm(file);
	await clock.advance(60_000);
	assert.equal(await source.current(never), first);
});

test('certificate files are looked at again after 5 minutes, and at once when asked; unchanged is the same object', async () => {
	await using files = await folder();
	const file = files.path('ca.crt');
	await writeFile(file, 'one');
	const clock = createFakeClock();
	const tls = createTlsFiles({authority: {file}, insecure: false, serverName: 's'}, clock);
	const first = await tls.current();
	assert.deepEqual(first, {authority: 'one', insecure: false, serverName: 's'});
	await clock.advance(300_000);
	assert.equal(await tls.current(), first);
	await writeFile(file, 'two, longer');
	await clock.advance(299_999);
	assert.equal(await tls.current(), first);
	assert.equal(await tls.reload(), true);
	assert.equal((await tls.current()).authority, 'two, longer');
	await rm(file);
	assert.equal(await tls.reload(), false);
	assert.equal((await tls.current()).authority, 'two, longer');
});

test('a certificate file that is not there is named', async () => {
	await assert.rejects(
		createTlsFiles({certificate: {file: '/nowhere/c.crt'}, key: {pem: 'k'}, insecure: false}, createFakeClock()).current(),
		/Could not read the client certificate \/nowhere\/c\.crt: there is no such file/,
	);
});
