import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {patienceMs} from '../tools/eventually.ts';
import type {PtySession} from '../tools/run-in-pty.ts';
import {cursorRow, isTableLive, programCommand, startProgram, temporaryHome} from '../tools/program.ts';
import type {VirtualScreen} from '../tools/virtual-screen.ts';
import {repositoryRoot} from '../tools/repository.ts';

const timeout = 300_000;
/** Rows are told by the beginnings of their names: what follows moves as long as columns come. */
const isOn = (row: RegExp) => (screen: VirtualScreen) => row.test(cursorRow(screen) ?? '');

/** The terminal as it was: primary screen, cursor, cooked paste. */
function assertRestored(session: PtySession): void {
	const {screen} = session;
	const output = session.output();
	assert.deepEqual([screen.isAlternate, screen.isBracketedPaste], [false, false]);
	assert.ok(output.lastIndexOf('\u001b[?25h') > output.lastIndexOf('\u001b[?25l'), 'the cursor is shown again');
}

test('the demo opens on the Overview, keys work, and quitting gives the terminal back', {timeout}, async () => {
	using home = temporaryHome();
	await using session = startProgram(home.path, ['--demo']);
	await session.waitFor(/DEMO/);
	await session.waitFor(/HEALTH/);
	assert.equal(session.screen.isAlternate, true);
	session.press(':pods<enter>');
	await session.waitFor(/NAME.*READY.*STATUS/);
	session.press('0');
	await session.waitFor(screen => /Pods\(all\)/.test(screen.text()) && isTableLive(screen));
	await session.waitFor(isOn(/^data +kafka-0 /));
	session.press('j');
	await session.waitFor(isOn(/^data +kafka-1 /));
	session.press('k');
	await session.waitFor(isOn(/^data +kafka-0 /));
	session.press('?');
	await session.waitFor(/> Help/);
	session.press('<esc>');
	await session.waitFor(screen => !/> Help/.test(screen.text()) && isOn(/^data +kafka-0 /)(screen));
	session.press('<esc>');
	await session.waitFor(/HEALTH/);
	session.press(':quit<enter>');
	assert.deepEqual(await session.exited, {code: 0, signal: 0});
	assertRestored(session);
	assert.equal(session.screen.text().trim(), '', 'nothing is left on the screen');
});

test('what is typed before the first frame is not lost', {timeout}, async () => {
	using home = temporaryHome();
	await using session = startProgram(home.path, ['--demo']);
	session.press(':nodes<enter>');
	await session.waitFor(/NAME.*STATUS.*ROLES/);
});

for (const [signal, code] of [
	['SIGTERM', 143],
	['SIGHUP', 129],
	['SIGINT', 130],
] as const) {
	test(`${signal} ends it quietly with ${code} and gives the terminal back`, {timeout}, async () => {
		using home = temporaryHome();
		await using session = startProgram(home.path, ['--demo', 'pods', '-A']);
		await session.waitFor(/Running/);
		session.kill(signal);
		assert.deepEqual(await session.exited, {code, signal: 0});
		assertRestored(session);
		assert.equal(session.screen.text().trim(), '');
	});
}

test('a terminal that vanishes ends it', {timeout}, async () => {
	using home = temporaryHome();
	await using session = startProgram(home.path, ['--demo', 'pods', '-A']);
	await session.waitFor(/Running/);
	session.hangUp();
	assert.equal((await session.exited).code, 129);
});

test('Ctrl-S, Ctrl-Q, Ctrl-L and Ctrl-Z neither freeze nor quit', {timeout}, async () => {
	using home = temporaryHome();
	await using session = startProgram(home.path, ['--demo', 'pods', '-A']);
	await session.waitFor(/Running/);
	session.press('<c-s><c-q><c-l><c-z>');
	// Without a shell nobody can stop it: it has left the full screen and is back at once.
	await session.waitFor(screen => screen.switches === 3 && /Running/.test(screen.text()));
	session.press(':nodes<enter>');
	await session.waitFor(/NAME.*STATUS.*ROLES/);
});

test('resizing keeps the cursor, and a terminal that is too small says what it needs', {timeout}, async () => {
	using home = temporaryHome();
	await using session = startProgram(home.path, ['--demo', 'pods', '-A'], {columns: 140, rows: 40});
	await session.waitFor(isTableLive);
	session.press('jjj');
	await session.waitFor(isOn(/^data +pg-0/));
	// The hints are the last line of every size: with them it is a frame of this one.
	const onSamePod = (screen: VirtualScreen) => isOn(/pg-0/)(screen) && /\? keys$/.test(screen.lines().at(-1) ?? '');
	for (const [columns, rows] of [
		[80, 24],
		[60, 15],
		[40, 10],
	] as const) {
		session.resize(columns, rows);
		await session.waitFor(onSamePod);
	}
	session.resize(38, 9);
	await session.waitFor(/Need 40x10, have 38x9/);
	session.resize(140, 40);
	await session.waitFor(onSamePod);
});

test('it draws in CI too, where Ink by itself would not', {timeout}, async () => {
	using home = temporaryHome();
	await using session = startProgram(home.path, ['--demo'], {env: {CI: 'true'}});
	await session.waitFor(/HEALTH/);
});

test('NO_COLOR draws without any colour, TERM=linux and --ascii without anything but ASCII', {timeout}, async () => {
	using home = temporaryHome();
	for (const [args, env] of [
		[[], {NO_COLOR: '1'}],
		[[], {TERM: 'linux'}],
		[['--ascii'], {}],
	] as const) {
		await using session = startProgram(home.path, ['--demo', 'pods', '-A', ...args], {env});
		await session.waitFor(/Running/);
		const runs = session.screen.styledRuns().flat();
		if ('NO_COLOR' in env)
			assert.deepEqual(
				runs.filter(({foreground, background}) => foreground !== '' || background !== ''),
				[],
			);
		else assert.doesNotMatch(session.screen.text(), /[^\u0000-\u007f]/);
	}
});

test('frames carry mode 2026 markers only where the terminal confirmed it, and never in GNU screen', {timeout}, async () => {
	using home = temporaryHome();
	await using silent = startProgram(home.path, ['--demo', 'pods', '-A'], {answers: false});
	await silent.waitFor(/Running/);
	assert.doesNotMatch(silent.output(), /\u001b\[\?2026h/);
	await using inScreen = startProgram(home.path, ['--demo', 'pods', '-A'], {env: {STY: '1.pts', TERM: 'screen'}});
	await inScreen.waitFor(/Running/);
	assert.doesNotMatch(inScreen.output(), /\u001b\[\?2026h/);
});

test('without a kubeconfig it shows where it looked; --or-demo opens the demo', {timeout}, async () => {
	using home = temporaryHome();
	await using session = startProgram(home.path, []);
	await session.waitFor(/\.kube[\\/]config/);
	assert.doesNotMatch(session.screen.text(), /DEMO/);
	await using demo = startProgram(home.path, ['--or-demo']);
	await demo.waitFor(/DEMO/);
});

test('a broken kubeconfig is one sentence on stderr and exit code 2', {timeout}, () => {
	using home = temporaryHome();
	mkdirSync(join(home.path, '.kube'));
	writeFileSync(join(home.path, '.kube', 'config'), 'clusters: [\n');
	const {status, stdout, stderr} = run(home.path, ['pods', '-o', 'text']);
	assert.deepEqual([status, stdout], [2, '']);
	assert.match(stderr, /^[^\n]*\.kube[\\/]config[^\n]*\n$/);
});

test('flags that do not exist, a name that does not exist, no terminal', {timeout}, () => {
	using home = temporaryHome();
	const unknown = run(home.path, ['--no-such-flag']);
	assert.deepEqual([unknown.status, unknown.stdout], [2, '']);
	assert.match(unknown.stderr, /^[^\n]*--no-such-flag[^\n]*\n$/);
	assert.equal(run(home.path, ['--demo', 'pod/no-such-pod', '-o', 'text']).status, 1);
	assert.equal(run(home.path, ['--demo']).status, 2, 'a full screen needs a terminal');
	assert.equal(run(home.path, ['--version']).status, 0);
});

test('a reader that goes away is no error', {timeout}, async () => {
	using home = temporaryHome();
	const [file = '', ...args] = programCommand;
	const child = spawn(file, [...args, '--demo', 'ten-thousand-pods', 'pods', '-A', '-o', 'text'], {
		cwd: repositoryRoot,
		env: {PATH: process.env['PATH'], HOME: home.path},
		timeout: patienceMs,
		killSignal: 'SIGKILL',
	});
	let errors = '';
	child.stderr.on('data', (text: Buffer) => {
		errors += text.toString();
	});
	child.stdout.once('data', () => child.stdout.destroy());
	const code = await new Promise(resolve => child.once('close', resolve));
	assert.deepEqual([code, errors], [0, '']);
});

function run(home: string, args: readonly string[]) {
	const [file = '', ...own] = programCommand;
	return spawnSync(file, [...own, ...args], {encoding: 'utf8', timeout, env: {PATH: process.env['PATH'], HOME: home, TERM: 'xterm'}});
}
