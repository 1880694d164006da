import assert from 'node:assert/strict';
import {test} from 'node:test';
import {blockCovers, blockHas, parseCidr, parseIp} from '../../../../source/core/net/policy/ip-address.ts';

test('addresses of both families; IPv4 in IPv6 is IPv4', () => {
	assert.deepEqual(parseIp('10.0.0.1'), {family: 4, value: 0x0a00_0001n});
	assert.deepEqual(parseIp('::ffff:10.0.0.1'), {family: 4, value: 0x0a00_0001n});
	assert.deepEqual(parseIp('::1'), {family: 6, value: 1n});
	assert.deepEqual(parseIp('fd00::a:0:1'), {family: 6, value: (0xfd00n << 112n) | (10n << 32n) | 1n});
	assert.deepEqual(parseIp('2001:db8:0:0:0:0:0:1'), parseIp('2001:DB8::1'));
	for (const wrong of [
		'',
		'10.0.0',
		'10.0.0.256',
		'1.2.3.4.5',
		'web',
		'::1::',
		'1:2:3:4:5:6:7',
		'1:2:3:4:5:6:7:8:9',
		'12345::',
		'::1.2.3',
		'1:2:3:4:5:6:7::8:9',
	])
		assert.equal(parseIp(wrong), undefined, wrong);
});

test('blocks', () => {
	const has = (cidr: string, ip: string): boolean => {
		const [block, address] = [parseCidr(cidr), parseIp(ip)];
		assert.ok(block && address);
		return blockHas(block, address);
	};
	assert.ok(has('10.0.0.0/8', '10.255.0.1'));
	assert.ok(has('10.1.2.3/8', '10.255.0.1'), 'bits behind the prefix do not count');
	assert.ok(!has('10.0.0.0/9', '10.128.0.0'));
	assert.ok(has('0.0.0.0/0', '255.255.255.255'));
	assert.ok(!has('0.0.0.0/0', '::1'));
	assert.ok(has('::/0', 'fd00::1'));
	assert.ok(has('192.0.2.7/32', '192.0.2.7'));
	for (const wrong of ['10.0.0.0', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/8/8', '::/129', 'x/8', '10.0.0.0/'])
		assert.equal(parseCidr(wrong), undefined, wrong);
	const [wide, narrow] = [parseCidr('10.0.0.0/8'), parseCidr('10.4.0.0/16')];
	assert.ok(wide && narrow && blockCovers(wide, narrow) && !blockCovers(narrow, wide));
});
