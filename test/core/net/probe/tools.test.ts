import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {test} from 'node:test';
import {discoveryArgv, readDiscovery} from '../../../../source/core/net/probe/tools.ts';
import {recordedDiscoveries} from '../../../tools/probe-recordings.ts';

test('each kind of each tool is told by its own first words', () => {
	const found = Object.fromEntries(Object.entries(recordedDiscoveries()).map(([name, text]) => [name, readDiscovery(text, 'kfeed')]));
	assert.deepEqual([found['busybox']?.nslookup, found['busybox']?.nc, found['busybox']?.wget], ['busybox', 'busybox', 'busybox-old']);
	assert.deepEqual([found['busybox137']?.nslookup, found['busybox137']?.nc, found['busybox137']?.wget], ['busybox', 'busybox', 'busybox']);
	assert.equal(found['bind']?.nslookup, 'bind');
	assert.equal(found['ncopen']?.nc, 'openbsd');
	assert.equal(found['nctrad']?.nc, 'traditional');
	assert.equal(found['gnu']?.wget, 'gnu');
	for (const one of Object.values(found)) assert.equal(one?.timeout, 'plain');
	assert.equal(found['bind']?.runtime, undefined);
});

test('old busybox, python3, nothing at all', () => {
	const old = readDiscovery('k1 tool nslookup /usr/bin/nslookup\nk1 help nslookup BusyBox v1.28.4 (2018) multi-call binary.\nk1 timeout dash-t\nk1 end', 'k1');
	assert.deepEqual([old?.nslookup, old?.timeout], ['busybox-old', 'dash-t']);
	const python = readDiscovery('k1 tool python3 /usr/bin/python3\nk1 help python3 usage: python3 [option]\nk1 end', 'k1');
	assert.equal(python?.runtime, 'python3');
	const broken = readDiscovery('k1 tool python3 /usr/bin/python3\nk1 help python3 ImportError: no module\nk1 end', 'k1');
	assert.equal(broken?.runtime, undefined);
	assert.deepEqual(readDiscovery('k1 end', 'k1')?.has, new Set());
});

test("lines without this run's word do not count, and a discovery that stops is none", () => {
	const forged = readDiscovery('k0 tool python3 /bin/python3\nK8TUI end\nk1 tool nc /bin/nc\nk1 end', 'k1');
	assert.deepEqual(forged?.has, new Set(['nc']));
	assert.equal(readDiscovery('k1 tool nc /bin/nc\n', 'k1'), undefined);
	assert.equal(readDiscovery('\x1b[2J'.repeat(1_000), 'k1'), undefined);
});

test('the script runs in the shell of this machine and finds it', () => {
	const [command = 'sh', ...rest] = discoveryArgv('k1');
	const {stdout, status} = spawnSync(command, rest, {encoding: 'utf8', env: {PATH: '/usr/bin:/bin'}});
	assert.equal(status, 0);
	const found = readDiscovery(stdout, 'k1');
	assert.ok(found?.has.has('head'));
	assert.equal(found?.shell, 'sh');
});
