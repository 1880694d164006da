import assert from 'node:assert/strict';
import {test} from 'node:test';
import {hostPort, urlHost} from '../../source/core/host-port.ts';

test('an address of IPv6 stands in brackets, every other host as it is', () => {
	assert.deepEqual([urlHost('10.0.0.2'), urlHost('2001:db8::1'), urlHost('proxy.test')], ['10.0.0.2', '[2001:db8::1]', 'proxy.test']);
	assert.deepEqual([hostPort('10.0.0.2', 53), hostPort('2001:db8::1', 53), hostPort('10.0.0.2', '?')], ['10.0.0.2:53', '[2001:db8::1]:53', '10.0.0.2:?']);
});
