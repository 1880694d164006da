import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Tools} from '../../source/core/net/probe/tools.ts';
import {tcpConnect} from '../../source/probes/tcp-connect.ts';
import {fields, output, question, recordings} from '../tools/probe-recordings.ts';

const asked = question({probe: 'tcp-connect', row: 'R11', protocol: 'tcp'});
const usual: Readonly<Record<string, string>> = {open: 'ok', closed: 'refused', timeout: 'timeout', silent: 'ok'};
/** It speaks HTTP, so a port that is open and silent looks like one that is not there. */
const others: Readonly<Record<string, string>> = {'wget (busybox) timeout': 'inconclusive', 'wget (busybox) silent': 'inconclusive'};

test('every recorded output of every tool that connects is read as diagnosis.md 4.4 says', () => {
	const all = recordings('tcp-connect');
	assert.equal(new Set(all.map(({tool}) => tool)).size, 7);
	for (const recording of all) {
		const name = `${recording.tool} ${recording.case}`;
		assert.equal(
			tcpConnect.read(recording, asked, recording.tool).transport,
			others[name] ?? usual[recording.case],
			`${name} (${recording.program}): ${recording.text}`,
		);
	}
});

test('outputs that are not recorded', () => {
	const cases: ReadonlyArray<readonly [tool: string, text: string, exitCode: number, expected: string]> = [
		['nc (busybox)', "nc: can't connect to remote host (10.96.0.251): Network is unreachable", 1, 'no-route'],
		['nc (busybox)', "nc: invalid option -- 'z'\nBusyBox v1.35.0", 1, 'tool-error'],
		['nc (busybox)', '', 143, 'ok'],
		['bash', 'bash: connect: No route to host', 1, 'no-route'],
		['bash', '', 124, 'timeout'],
		['nc (openbsd)', 'nc: connect to 10.0.0.1 port 80 (tcp) failed: No route to host', 1, 'no-route'],
		['nc (openbsd)', '', 0, 'tool-error'],
		['ncat', 'Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connected to 10.0.0.1:80.\nNcat: 0 bytes sent, 0 bytes received in 0.01 seconds.', 0, 'ok'],
		['ncat', 'Ncat: Connection refused.', 1, 'refused'],
		['ncat', 'Ncat: TIMEOUT.', 1, 'timeout'],
		['curl', 'curl: (7) Failed to connect to 10.0.0.1 port 80: No route to host\n0.000000', 7, 'no-route'],
		['curl', 'curl: (1) Protocol "telnet" not supported or disabled in libcurl\n0.000000', 1, 'tool-error'],
		['wget (busybox)', 'Connecting to 10.0.0.1:80 (10.0.0.1:80)\nwget: server returned error: HTTP/1.1 404 Not Found', 1, 'ok'],
		['wget (busybox)', 'Segmentation fault', 139, 'tool-error'],
	];
	for (const [tool, text, exitCode, expected] of cases) {
		assert.equal(tcpConnect.read(output(text, exitCode), asked, tool).transport, expected, `${tool}: ${text}`);
	}
});

test('our own programs', () => {
	assert.equal(tcpConnect.readFields(fields('open=1 ms=2'), asked).transport, 'ok');
	assert.equal(tcpConnect.readFields(fields('err=ConnectionRefusedError ms=2'), asked).transport, 'refused');
	assert.equal(tcpConnect.readFields(fields('err=timeout ms=3000'), asked).transport, 'timeout');
	assert.equal(tcpConnect.readFields(fields('ms=3000'), asked).transport, 'tool-error');
});

test('curl and wget go past every proxy, and no word needs quotes', () => {
	const curl = tcpConnect.command(asked, {has: new Set(['curl'])});
	assert.deepEqual(curl?.words.slice(0, 3), ['curl', '--noproxy', '10.244.2.5']);
	const tools: readonly Tools[] = [
		{has: new Set(['wget']), wget: 'gnu'},
		{has: new Set(['wget']), wget: 'busybox', timeout: 'dash-t'},
	];
	assert.ok(tcpConnect.command(asked, tools[0] ?? {has: new Set()})?.words.includes('--no-proxy'));
	assert.deepEqual(tcpConnect.command(asked, tools[1] ?? {has: new Set()})?.words.slice(0, 4), ['timeout', '-t', '5', 'wget']);
	assert.equal(tcpConnect.command(asked, {has: new Set(['getent'])}), undefined);
});
