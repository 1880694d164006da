import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createProviderSource} from '../../source/kube/provider-source.ts';
import {createFakeClock} from '../tools/fake-clock.ts';

const never = new AbortController().signal;
const tokenUntil = (seconds: number) => ['{"alg":"none"}', JSON.stringify({exp: seconds}), 'x'].map(part => Buffer.from(part).toString('base64url')).join('.');
const open = (name: string, config: Readonly<Record<string, string>>) =>
	createProviderSource({name, config, userName: 'eve', server: 'https://a.example.test', clock: createFakeClock()});

test('an OIDC token that is valid goes as Bearer, and a refusal has nothing newer', async () => {
	const token = tokenUntil(4_000_000_000);
	const source = open('oidc', {'id-token': token, 'client-id': 'c'});
	const secret = await source.current(never);
	assert.deepEqual(secret, {authorization: `Bearer ${token}`});
	assert.equal(await source.renew(secret, never), undefined);
	assert.equal(await source.current(never), secret);
});

test('an OIDC token that has expired and cannot be renewed is told, not sent as anonymous', async () => {
	await assert.rejects(open('oidc', {'id-token': tokenUntil(1), 'client-id': 'c'}).current(never), /auth-provider oidc failed: its token has expired/);
});

test('what the provider of gcp and azure says is passed on', async () => {
	assert.deepEqual(await open('gcp', {'access-token': 'a'}).current(never), {authorization: 'Bearer a'});
	assert.deepEqual(await open('azure', {'access-token': 'a', 'expires-on': '4000000000'}).current(never), {authorization: 'Bearer a'});
	await assert.rejects(open('gcp', {'access-token': 'a', expiry: '2020-01-01T00:00:00Z'}).current(never), /auth-provider gcp failed: Token is expired!/);
});
