import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readDestination} from '../../../../source/core/net/trace/destination.ts';

function read(text: string): unknown {
	const found = readDestination(text);
	if (!found.ok) return found.refusal;
	const {text: _text, ...rest} = found.destination;
	return rest;
}

test('names, kinds, ports, addresses, URLs', () => {
	assert.deepEqual(read('web'), {host: 'web'});
	assert.deepEqual(read('web.shop:80'), {host: 'web.shop', port: '80'});
	assert.deepEqual(read('svc/web.shop:http'), {kind: 'service', host: 'web.shop', port: 'http'});
	assert.deepEqual(read('po/web-0.shop'), {kind: 'pod', host: 'web-0.shop'});
	assert.deepEqual(read('ing/public.shop'), {kind: 'ingress', host: 'public.shop'});
	assert.deepEqual(read('node/n1:30080'), {kind: 'node', host: 'n1', port: '30080'});
	assert.deepEqual(read('Web.Shop.svc.cluster.local.'), {host: 'web.shop.svc.cluster.local'});
	assert.deepEqual(read('10.96.0.1:443'), {host: '10.96.0.1', port: '443'});
	assert.deepEqual(read('[fd00::1]:443'), {host: 'fd00::1', port: '443'});
	assert.deepEqual(read('fd00::1'), {host: 'fd00::1'});
	assert.deepEqual(read('https://promo.shop.io/cart?x=1'), {host: 'promo.shop.io', port: '443', scheme: 'https', path: '/cart'});
	assert.deepEqual(read('http://web.shop:8080'), {host: 'web.shop', port: '8080', scheme: 'http', path: '/'});
});

test('a password in a URL is repeated nowhere', () => {
	const found = readDestination('https://anna:secret@promo.shop.io/');
	assert.ok(found.ok);
	assert.ok(!JSON.stringify(found).includes('secret'));
});

test('what is wrong is said in a sentence', () => {
	assert.match(String(read('ftp://web')), /only http and https URLs/);
	assert.match(String(read('deploy/web')), /A path leads to one of .*, not to deploy/);
	assert.match(String(read('web:99999')), /99999 is no port/);
	assert.match(String(read('web:0')), /0 is no port/);
	assert.match(String(read('we b')), /is no name that DNS knows/);
	assert.match(String(read('web;reboot')), /is no name that DNS knows/);
	assert.match(String(read(':80')), /there is no name in it/);
	assert.match(String(read('')), /there is no name in it/);
});
