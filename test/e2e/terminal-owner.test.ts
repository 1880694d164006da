import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cursorRow, isTableLive, programCommand, startProgram, temporaryHome} from '../tools/program.ts';
import {runInPty} from '../tools/run-in-pty.ts';

const timeout = 300_000;

test('stopped by Ctrl-Z and woken in a terminal of another size it draws for that size', {timeout}, async () => {
	using home = temporaryHome();
	await using session = runInPty(['/bin/bash', '--norc', '--noprofile', '-i'], {columns: 100, rows: 24, env: {PS1: 'shell> ', HOME: home.path}});
	await session.waitFor('shell>');
	session.send(`${[...programCommand, '--demo', 'pods', '-A'].map(part => `'${part}'`).join(' ')}\r`);
	await session.waitFor(/Running/);
	session.press('<c-z>');
	await session.waitFor(screen => !screen.isAlternate && /Stopped/.test(screen.text()));
	assert.ok(session.output().lastIndexOf('\u001b[?25h') > session.output().lastIndexOf('\u001b[?25l'), 'the shell has its cursor');
	session.resize(80, 20);
	session.send('fg\r');
	await session.waitFor(screen => screen.isAlternate && / DEMO .*Z$/.test(screen.lines()[1] ?? '') && /\? keys$/.test(screen.lines()[19] ?? ''));
	session.press(':quit<enter>');
	// What is typed before the shell asks again is the program's.
	await session.waitFor(screen => !screen.isAlternate && /shell>$/.test(screen.text().trimEnd()));
	session.send('exit\r');
	await session.exited;
});

test('Ctrl-L draws every cell anew, after something else wrote on the screen', {timeout}, async () => {
	using home = temporaryHome();
	await using session = startProgram(home.path, ['--demo', 'nodes']);
	await session.waitFor(screen => isTableLive(screen) && /node-b2/.test(screen.text()));
	await session.screen.write('\u001b[H\u001b[2JSomething else');
	session.press('<c-l>');
	await session.waitFor(screen => /node-a1/.test(screen.text()) && !/Something else/.test(screen.text()));
	assert.doesNotMatch(session.output(), /\u001b\[\d?J/);
});

test("the terminal's cursor is on the focused row, and seen only while a line is typed", {timeout}, async () => {
	using home = temporaryHome();
	await using session = startProgram(home.path, ['--demo', 'nodes']);
	await session.waitFor(screen => isTableLive(screen) && /node-b2/.test(screen.text()));
	const isShown = (): boolean => session.output().lastIndexOf('\u001b[?25h') > session.output().lastIndexOf('\u001b[?25l');
	session.press('j');
	await session.waitFor(screen => /node-a2/.test(cursorRow(screen) ?? '') && /^[>▸]/.test(screen.lines()[screen.cursor().row] ?? ''));
	assert.equal(isShown(), false);
	session.press(':po');
	await session.waitFor(screen => screen.lines()[screen.cursor().row]?.slice(0, screen.cursor().column) === ' :po' && isShown());
	session.press('<left>');
	await session.waitFor(screen => screen.lines()[screen.cursor().row]?.slice(0, screen.cursor().column) === ' :p');
	session.press('<esc>');
	await session.waitFor(screen => /^[>▸]/.test(screen.lines()[screen.cursor().row] ?? '') && !isShown());
});
