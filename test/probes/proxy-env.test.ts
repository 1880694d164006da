import assert from 'node:assert/strict';
import {test} from 'node:test';
import {proxyEnv} from '../../source/probes/proxy-env.ts';
import {fields, output, question} from '../tools/probe-recordings.ts';

const asked = question({probe: 'proxy-env', row: 'R15'});

test('names of variables that are set, never a value', () => {
	const cell = proxyEnv.read(output('HTTP_PROXY\nno_proxy\nhttp://user:secret@proxy'), asked, 'sh');
	assert.deepEqual(cell.values, ['HTTP_PROXY', 'no_proxy']);
	assert.ok(!cell.detail.includes('secret'));
	assert.deepEqual(proxyEnv.readFields(fields('text=HTTPS_PROXY%0Ano_proxy ms=0'), asked).values, ['HTTPS_PROXY', 'no_proxy']);
	assert.deepEqual(proxyEnv.read(output(''), asked, 'sh').values, []);
	assert.equal(proxyEnv.command(asked, {has: new Set()})?.words[0], 'e');
});
