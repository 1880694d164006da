import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';
import {repositoryRoot} from '../tools/repository.ts';
import {type PtySession, runInPty} from '../tools/run-in-pty.ts';

const program = [process.execPath, join(repositoryRoot, 'test', 'system', 'guarded-program.ts')];

/** A shell that runs the program, says how it ended and what the terminal's modes are, and waits. */
const underShell = [
	'/bin/sh',
	'-c',
	'echo before; "$@"; echo "ended $?"; stty -a | tr ";" "\\n" | grep -oE -- "-?(icanon|echo)( |$)"; read line',
	'sh',
	...program,
];

async function fullScreen(command: readonly string[]): Promise<PtySession> {
	const session = runInPty(command);
	await session.waitFor('full screen');
	assert.equal(session.screen.isAlternate, true);
	assert.equal(session.screen.isBracketedPaste, true);
	return session;
}

/** The terminal is the shell's again: its own text, cooked, nothing left on. */
async function assertRestored(session: PtySession, exitCode: number): Promise<void> {
	await session.waitFor(/ended \d+\n(?:.*\n)*echo/);
	const {screen} = session;
	assert.match(screen.text(), new RegExp(`^before\\n(?:.*\\n)*ended ${exitCode}\\n`));
	assert.match(screen.text(), /^icanon/m);
	assert.match(screen.text(), /^echo/m);
	assert.deepEqual([screen.isAlternate, screen.isBracketedPaste], [false, false]);
	assert.ok(session.output().lastIndexOf('\u001b[?25h') > session.output().lastIndexOf('\u001b[?25l'), 'the cursor is shown');
	assert.equal(
		screen
			.styledRuns()
			.flat()
			.some(({foreground}) => foreground !== ''),
		false,
		'no colour is left on',
	);
}

for (const [name, key, exitCode] of [
	['an exit', 'q', 0],
	['an exception that nobody caught', 't', 70],
	['a rejection that nobody handled', 'r', 70],
] as const) {
	test(`the terminal comes back after ${name}`, async () => {
		await using session = await fullScreen(underShell);
		session.press(key);
		await assertRestored(session, exitCode);
		const message = /k8tui stopped: (.*)/.exec(session.screen.text())?.[1];
		assert.equal(message, {q: undefined, t: 'thrown', r: 'rejected'}[key]);
	});
}

for (const [signal, exitCode] of [
	['SIGTERM', 143],
	['SIGHUP', 129],
	['SIGINT', 130],
] as const) {
	test(`the terminal comes back after ${signal}, without a word`, async () => {
		await using session = await fullScreen(program);
		session.kill(signal);
		assert.deepEqual(await session.exited, {code: exitCode, signal: 0});
		assert.deepEqual([session.screen.isAlternate, session.screen.isBracketedPaste], [false, false]);
		assert.equal(session.screen.text().trim(), '');
	});
}

test('a terminal that vanishes ends the program, also while it writes', async () => {
	for (const key of ['', 'w']) {
		await using session = await fullScreen(program);
		if (key !== '') {
			session.press(key);
			await session.waitFor('more');
		}
		session.hangUp();
		assert.equal((await session.exited).code, 129);
	}
});

test('Ctrl-Z stops under a shell with job control, and fg draws again', async () => {
	await using session = runInPty(['/bin/bash', '--norc', '--noprofile', '-i'], {env: {PS1: 'shell> '}});
	await session.waitFor('shell>');
	session.send(`${program.map(part => `'${part}'`).join(' ')}\r`);
	await session.waitFor('full screen');
	session.press('<c-z>');
	await session.waitFor(screen => !screen.isAlternate && /Stopped/.test(screen.text()));
	session.send('echo in the shell\r');
	await session.waitFor(/^in the shell$/m);
	session.send('fg\r');
	await session.waitFor(screen => screen.isAlternate && screen.text().includes('full screen'));
	session.press('q');
	// What is typed before the shell asks again is the program's.
	await session.waitFor(screen => !screen.isAlternate && /shell>$/.test(screen.text().trimEnd()));
	session.send('exit\r');
	await session.exited;
});

test('Ctrl-Z without a shell above does not freeze', async () => {
	await using session = await fullScreen(program);
	session.press('<c-z>');
	await session.waitFor(screen => screen.switches === 3 && screen.text().includes('full screen'));
	session.press('q');
	assert.equal((await session.exited).code, 0);
});
