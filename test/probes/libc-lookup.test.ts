import assert from 'node:assert/strict';
import {test} from 'node:test';
import {libcLookup} from '../../source/probes/libc-lookup.ts';
import {fields, output, question} from '../tools/probe-recordings.ts';

const asked = question({probe: 'libc-lookup', row: 'R9', name: 'kubernetes.default', to: {kind: 'name', title: 'search list', address: '', port: 0}});
const seen = ({transport, answer}: Readonly<{transport: string; answer?: string}>) => [transport, answer].filter(word => word !== undefined).join(' ');

test('getent: its exit code is 2 for everything, its time tells (trap 4)', () => {
	const found = libcLookup.read(
		output('10.96.0.1       STREAM kubernetes.default.svc.cluster.local\n10.96.0.1       DGRAM  \n10.96.0.1       RAW    '),
		asked,
		'getent',
	);
	assert.deepEqual([seen(found), found.values], ['ok NOERROR', ['10.96.0.1']]);
	assert.equal(seen(libcLookup.read(output('', 2, 8), asked, 'getent')), 'ok OTHER');
	assert.equal(seen(libcLookup.read(output('', 2, 8_000), asked, 'getent')), 'timeout');
	assert.equal(seen(libcLookup.read(output('', 124, 8_000), asked, 'getent')), 'timeout');
	assert.equal(seen(libcLookup.read(output('getent: unknown database ahostsv4', 1, 5), asked, 'getent')), 'tool-error');
});

test('ping names the address before it sends', () => {
	assert.equal(
		seen(libcLookup.read(output('PING kubernetes.default (10.96.0.1): 56 data bytes\n\n1 packets transmitted, 0 packets received', 1, 1_010), asked, 'ping')),
		'ok NOERROR',
	);
	assert.equal(seen(libcLookup.read(output("ping: bad address 'kubernetes.default'", 1, 8), asked, 'ping')), 'ok OTHER');
	assert.equal(seen(libcLookup.read(output("ping: bad address 'kubernetes.default'", 1, 5_010), asked, 'ping')), 'timeout');
	assert.equal(seen(libcLookup.read(output('ping: kubernetes.default: Temporary failure in name resolution', 2, 5_010), asked, 'ping')), 'timeout');
	assert.equal(seen(libcLookup.read(output('ping: permission denied (are you root?)', 1, 8), asked, 'ping')), 'inconclusive');
});

test('our own programs say which failure it was', () => {
	assert.equal(seen(libcLookup.readFields(fields('rc=0 an=1 v=10.96.0.1 ms=1'), asked)), 'ok NOERROR');
	assert.equal(seen(libcLookup.readFields(fields('err=ENOTFOUND ms=1'), asked)), 'ok NXDOMAIN');
	assert.equal(libcLookup.readFields(fields('err=EAI_AGAIN ms=8000'), asked).transport, 'timeout');
	assert.equal(libcLookup.readFields(fields('err=EAI_AGAIN ms=8'), asked).transport, 'inconclusive');
});

test('getent before ping, and nothing else', () => {
	assert.equal(libcLookup.command(asked, {has: new Set(['getent', 'ping'])})?.tool, 'getent');
	assert.equal(libcLookup.command(asked, {has: new Set(['ping'])})?.tool, 'ping');
	assert.equal(libcLookup.command(asked, {has: new Set(['nslookup']), nslookup: 'busybox'}), undefined);
});
