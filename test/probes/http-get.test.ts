import assert from 'node:assert/strict';
import {test} from 'node:test';
import {httpGet} from '../../source/probes/http-get.ts';
import {fields, output, question, recordings} from '../tools/probe-recordings.ts';

const asked = question({probe: 'http-get', row: 'R11', protocol: 'tcp', name: '/healthz'});
const usual: Readonly<Record<string, string>> = {ok: 'ok 200', missing: 'ok 404', hang: 'timeout', closed: 'refused', timeout: 'timeout', silent: 'timeout'};

test('every recorded GET is read: an answer that stops in the middle is none', () => {
	const all = recordings('http-get').filter(({tool}) => tool !== 'nc');
	assert.ok(all.length >= 18);
	for (const recording of all) {
		const {transport, values} = httpGet.read(recording, asked, recording.tool);
		const seen = transport === 'ok' ? `ok ${values?.[0]}` : transport;
		assert.equal(seen, usual[recording.case], `${recording.tool} ${recording.case}: ${recording.text}`);
		if (recording.case === 'ok') assert.equal(values?.[1], '24719');
	}
});

test('nc tells no status: bytes alone count, and silence without a word proves nothing', () => {
	for (const recording of recordings('http-get').filter(({tool}) => tool === 'nc')) {
		const {transport, values} = httpGet.read(recording, asked, 'nc');
		if (recording.case === 'ok') assert.ok(transport === 'ok' && Number(values?.[1]) > 24_000, recording.text);
		if (recording.case === 'timeout') assert.equal(transport, 'timeout');
		if (recording.case === 'closed' || recording.case === 'silent') assert.notEqual(transport, 'ok');
	}
});

test('our own programs, and what nobody knows', () => {
	assert.deepEqual(httpGet.readFields(fields('status=200 bytes=20000 ms=4'), asked).values, ['200', '20000']);
	assert.equal(httpGet.readFields(fields('status=200 bytes=900 err=timeout ms=4000'), asked).transport, 'timeout');
	assert.equal(httpGet.readFields(fields('status= bytes=0 ms=4'), asked).transport, 'inconclusive');
	assert.equal(httpGet.read(output('Segmentation fault\ncode 139\n0'), asked, 'wget').transport, 'tool-error');
	assert.equal(httpGet.read(output('code 0\nhello'), asked, 'wget').transport, 'tool-error');
});

test('a host goes along as a header, a path that needs quotes is not asked', () => {
	const named = question({...asked, host: 'web.demo'});
	assert.ok(httpGet.command(named, {has: new Set(['wget']), wget: 'busybox'})?.words.includes('Host:web.demo'));
	assert.ok(httpGet.command(named, {has: new Set(['wget']), wget: 'gnu'})?.words.includes('--header=Host:web.demo'));
	assert.ok(httpGet.command(named, {has: new Set(['curl'])})?.words.includes('Host:web.demo'));
	assert.equal(httpGet.command(question({...asked, name: '/a;rm'}), {has: new Set(['curl'])}), undefined);
});
