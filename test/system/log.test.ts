import assert from 'node:assert/strict';
import {chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {defaultLogPath, openLog, takeConsole} from '../../source/system/log.ts';
import {createFakeClock} from '../tools/fake-clock.ts';

const clock = createFakeClock(Date.UTC(2026, 0, 2, 3, 4, 5));

function temporaryFolder(): Disposable & {path: string} {
	const path = mkdtempSync(join(tmpdir(), 'k8tui-log-'));
	return {path, [Symbol.dispose]: () => rmSync(path, {recursive: true, force: true})};
}

test('lines are JSON, in a file that only its owner reads, up to the level', () => {
	using folder = temporaryFolder();
	const path = defaultLogPath(join(folder.path, 'new', 'k8tui'));
	using log = openLog({path, level: 'info', clock});
	log.write('info', 'connected', {server: 'https://10.0.0.1:6443', token: 'abc', text: 'not this one'});
	log.write('debug', 'not wanted');
	log.write('error', 'bad', {error: new Error('no')});
	const lines = readFileSync(path, 'utf8')
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line));
	assert.deepEqual(lines[0], {time: '2026-01-02T03:04:05.000Z', level: 'info', text: 'connected', server: 'https://10.0.0.1:6443', token: '[redacted]'});
	assert.equal(lines.length, 2);
	assert.equal(lines[1].error.message, 'no');
	if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
});

test('an old file over 5 MiB is put aside', () => {
	using folder = temporaryFolder();
	const path = join(folder.path, 'debug.log');
	writeFileSync(path, 'x'.repeat(5 * 1024 * 1024 + 1));
	using log = openLog({path, level: 'info', clock});
	log.write('info', 'new');
	assert.match(readFileSync(path, 'utf8'), /^\{.*"new"\}\n$/);
	assert.equal(statSync(`${path}.1`).size, 5 * 1024 * 1024 + 1);
});

test('where no file can be opened, writing does nothing', () => {
	using folder = temporaryFolder();
	const blocked = join(folder.path, 'file');
	writeFileSync(blocked, '');
	chmodSync(blocked, 0o400);
	using log = openLog({path: join(blocked, 'debug.log'), level: 'debug', clock});
	assert.equal(log.path, undefined);
	log.write('error', 'lost');
});

test('console of dependencies goes to the log and comes back', () => {
	using folder = temporaryFolder();
	const path = join(folder.path, 'debug.log');
	using log = openLog({path, level: 'debug', clock});
	const before = Reflect.get(globalThis.console, 'warn');
	{
		using _ = takeConsole(log);
		Reflect.get(globalThis.console, 'warn')('careful: %s', 'Bearer abcdef', {password: 'x'});
	}
	assert.equal(Reflect.get(globalThis.console, 'warn'), before);
	const line = JSON.parse(readFileSync(path, 'utf8'));
	assert.equal(line.level, 'warning');
	assert.equal(line.text, "careful: Bearer (masked token, 6 chars) { password: '(masked, 10 chars)' }");
});
