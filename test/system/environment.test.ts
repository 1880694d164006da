import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';
import type {ColourDepth} from '../../source/core/theme.ts';
import {colourDepth, readEnvironment} from '../../source/system/environment.ts';

const read = (variables: Record<string, string>, platform: NodeJS.Platform = 'linux') => readEnvironment(variables, platform, '/fallback');

test('folders follow XDG; an empty or relative variable counts for nothing', () => {
	const home = read({HOME: '/home/eve'});
	assert.equal(home.configFolder, join('/home/eve', '.config', 'k8tui'));
	assert.equal(home.stateFolder, join('/home/eve', '.local', 'state', 'k8tui'));
	assert.equal(home.cacheFolder, join('/home/eve', '.cache', 'k8tui'));
	assert.equal(read({HOME: '/home/eve', XDG_STATE_HOME: '/var/state'}).stateFolder, join('/var/state', 'k8tui'));
	assert.equal(read({HOME: '/home/eve', XDG_STATE_HOME: ''}).stateFolder, home.stateFolder);
	assert.equal(read({HOME: '/home/eve', XDG_CONFIG_HOME: 'here'}).configFolder, home.configFolder);
	assert.equal(read({}).home, '/fallback');
});

test('the colour depth: NO_COLOR, FORCE_COLOR, settings, then what the terminal says', () => {
	const cases: ReadonlyArray<readonly [Record<string, string>, ColourDepth | undefined, ColourDepth]> = [
		[{TERM: 'xterm-256color', COLORTERM: 'truecolor'}, undefined, 'truecolor'],
		[{TERM: 'xterm-256color'}, undefined, '256'],
		[{TERM: 'xterm-direct'}, undefined, 'truecolor'],
		[{TERM: 'xterm'}, undefined, '16'],
		[{TERM: 'vt100'}, undefined, 'none'],
		[{TERM: 'xterm'}, '256', '256'],
		[{TERM: 'xterm', FORCE_COLOR: '3'}, '16', 'truecolor'],
		[{TERM: 'xterm', FORCE_COLOR: '0'}, '256', 'none'],
		[{TERM: 'xterm', FORCE_COLOR: '3', NO_COLOR: '1'}, '256', 'none'],
		[{TERM: 'xterm', NO_COLOR: ''}, undefined, '16'],
	];
	for (const [variables, configured, expected] of cases) assert.equal(colourDepth(read(variables).colour, configured), expected, JSON.stringify(variables));
	assert.equal(colourDepth(read({}, 'win32').colour), 'truecolor');
});

test('multiplexers: tmux calls its TERM screen, its variable decides', () => {
	assert.equal(read({TERM: 'screen-256color', TMUX: '/tmp/tmux-0/default,1,0', STY: '1.x'}).multiplexer, 'tmux');
	assert.equal(read({TERM: 'tmux-256color'}).multiplexer, 'tmux');
	assert.equal(read({TERM: 'screen.xterm-256color'}).multiplexer, 'screen');
	assert.equal(read({TERM: 'xterm', STY: '1.x'}).multiplexer, 'screen');
	assert.equal(read({TERM: 'xterm'}).multiplexer, undefined);
});

test('what the terminal can show', () => {
	assert.equal(read({TERM: 'dumb'}).isDumb, true);
	assert.equal(read({}).isDumb, true);
	assert.equal(read({}, 'win32').isDumb, false);
	assert.equal(read({TERM: 'linux'}).isPlainTerminal, true);
	assert.equal(read({TERM: 'vt220'}).isPlainTerminal, true);
	assert.equal(read({TERM: 'xterm', LANG: 'de_DE.UTF-8'}).isUtf8, true);
	assert.equal(read({TERM: 'xterm', LANG: 'C.utf8'}).isUtf8, true);
	assert.equal(read({TERM: 'xterm', LANG: 'C'}).isUtf8, false);
	assert.equal(read({TERM: 'xterm', LANG: 'de_DE.UTF-8', LC_ALL: 'C'}).isUtf8, false, 'LC_ALL wins');
	assert.equal(read({TERM: 'xterm', LANG: 'de_DE.UTF-8', LC_ALL: ''}).isUtf8, true, 'an empty one does not');
	assert.equal(read({SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22'}).isSsh, true);
	assert.equal(read({REDUCE_MOTION: '1'}).reduceMotion, true);
	assert.equal(read({REDUCE_MOTION: '0'}).reduceMotion, false);
	assert.equal(read({K8TUI_TERMINAL_MS: '1500'}).terminalMs, 1500);
	for (const wrong of ['', '0', '-1', 'soon', 'Infinity']) assert.equal(read({K8TUI_TERMINAL_MS: wrong}).terminalMs, undefined, wrong);
});
