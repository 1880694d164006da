import assert from 'node:assert/strict';
import {test} from 'node:test';
import {portWishText, readPortWish} from '../../../../source/core/net/policy/policy-port.ts';

test('ports as people write them', () => {
	const cases: ReadonlyArray<readonly [string, ReturnType<typeof readPortWish>]> = [
		['5432', {protocol: 'TCP', port: 5432}],
		['tcp/5432', {protocol: 'TCP', port: 5432}],
		['53/udp', {protocol: 'UDP', port: 53}],
		['UDP/dns', {protocol: 'UDP', port: 'dns'}],
		['udp', {protocol: 'UDP'}],
		['any', {protocol: 'TCP'}],
		['sctp/any', {protocol: 'SCTP'}],
		['http', {protocol: 'TCP', port: 'http'}],
		['', undefined],
		['0', undefined],
		['65536', undefined],
		['80/81', undefined],
		['tcp/udp', undefined],
		['icmp/8', undefined],
		['-http', undefined],
		['12345-', undefined],
		['a-name-that-is-too-long', undefined],
	];
	for (const [text, expected] of cases) assert.deepEqual(readPortWish(text), expected, text);
	assert.equal(portWishText({protocol: 'UDP', port: 'dns'}), 'udp/dns');
	assert.equal(portWishText({protocol: 'TCP'}), 'tcp');
});
