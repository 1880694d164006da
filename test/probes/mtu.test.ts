import assert from 'node:assert/strict';
import {test} from 'node:test';
import {mtu} from '../../source/probes/mtu.ts';
import {fields, output, question} from '../tools/probe-recordings.ts';

const small = question({probe: 'mtu', row: 'R13', protocol: 'tcp', name: '/health', size: 'small'});
const large = question({probe: 'mtu', row: 'R13', protocol: 'tcp', name: '/metrics', size: 'large'});

test('a small answer and a large one that hangs: what makes a black hole', () => {
	const came = mtu.read(output('code 0\n2'), small, 'wget');
	assert.deepEqual([came.transport, came.values], ['ok', ['small', '2']]);
	const hung = mtu.read(output('wget: download timed out\ncode 1\n0', 0, 3000), large, 'wget');
	assert.deepEqual([hung.transport, hung.values], ['timeout', ['large', '0']]);
	assert.deepEqual(mtu.read(output('code 0\n26834'), large, 'wget').values, ['large', '26834']);
});

test('a large answer that is not large proves nothing, nor does a page that is not there', () => {
	assert.equal(mtu.read(output('code 0\n500'), large, 'wget').transport, 'inconclusive');
	assert.equal(mtu.read(output('wget: server returned error: HTTP/1.1 404 Not Found\ncode 1\n0'), large, 'wget').transport, 'inconclusive');
	assert.equal(mtu.read(output("wget: can't connect to remote host (10.0.0.1): Connection refused\ncode 1\n0"), large, 'wget').transport, 'refused');
});

test('python3 sends packets that may not be taken apart as well', () => {
	const cell = mtu.readFields(fields('status=200 bytes=26834 df=1472:EMSGSIZE,1422:ok,1372:ok,1200:ok ms=20'), large);
	assert.deepEqual(cell.values, ['large', '26834', 'df1472=EMSGSIZE', 'df1422=ok', 'df1372=ok', 'df1200=ok']);
	assert.deepEqual(mtu.readFields(fields('status=200 bytes=26834 df=%1b[31m ms=20'), large).values, ['large', '26834']);
	assert.equal(mtu.ask(large).at(-1), 'df');
	assert.notEqual(mtu.ask(small).at(-1), 'df');
});
