import assert from 'node:assert/strict';
import {test} from 'node:test';
import {resolvConf} from '../../source/probes/resolv-conf.ts';
import {fields, output, question} from '../tools/probe-recordings.ts';

const asked = question({probe: 'resolv-conf', row: 'R1'});
const path = '/etc/resolv.conf';

test('the lines that count, by the shell and by our own programs', () => {
	const lines = ['# made by the kubelet', 'search demo.svc.cluster.local  svc.cluster.local', 'nameserver 10.96.0.10', '', 'options ndots:5 ; comment'];
	const expected = ['search demo.svc.cluster.local svc.cluster.local', 'nameserver 10.96.0.10', 'options ndots:5'];
	assert.deepEqual(resolvConf.read(output(lines.map(line => `${path} ${line}`).join('\n'), 1), asked, 'sh').values, expected);
	const text = encodeURIComponent(lines.map(line => `${path} ${line}`).join('\n'));
	assert.deepEqual(resolvConf.readFields(fields(`text=${text} ms=0`), asked).values, expected);
});

test('without the file nothing is known', () => {
	assert.equal(resolvConf.read(output('', 1), asked, 'sh').transport, 'inconclusive');
	assert.equal(resolvConf.readFields(fields('err=EACCES ms=0'), asked).transport, 'tool-error');
});

test('what a file contains cannot draw on the screen', () => {
	const cell = resolvConf.read(output(`${path} nameserver \x1b[31m10.0.0.1\x07`), asked, 'sh');
	assert.deepEqual(cell.values, ['nameserver 10.0.0.1']);
});
