import assert from 'node:assert/strict';
import {test} from 'node:test';
import {chooseDepth, type DepthSources} from '../../source/core/colour-depth.ts';

test('the order of authority', () => {
	const cases: ReadonlyArray<readonly [DepthSources, string]> = [
		[{environment: {TERM: 'xterm-256color'}}, '256'],
		[{environment: {TERM: 'xterm-256color', COLORTERM: 'truecolor'}}, 'truecolor'],
		[{environment: {TERM: 'xterm-kitty'}}, 'truecolor'],
		[{environment: {TERM: 'xterm'}}, '16'],
		[{environment: {TERM: 'linux'}}, '16'],
		[{environment: {TERM: 'dumb', COLORTERM: 'truecolor'}}, 'none'],
		[{environment: {TERM: 'screen-256color', COLORTERM: 'truecolor', STY: '1.pts'}}, '256'],
		[{environment: {WT_SESSION: 'x'}}, 'truecolor'],
		[{environment: {TERM: 'xterm-256color', NO_COLOR: '1'}}, 'none'],
		[{environment: {TERM: 'xterm-256color', NO_COLOR: ''}}, '256'],
		[{environment: {TERM: 'xterm-256color', NO_COLOR: '1', FORCE_COLOR: '3'}}, 'none'],
		[{environment: {TERM: 'xterm-256color', FORCE_COLOR: '3'}}, 'truecolor'],
		[{environment: {TERM: 'xterm-256color', FORCE_COLOR: '2'}, config: 'mono'}, '256'],
		[{environment: {TERM: 'dumb', FORCE_COLOR: 'true'}}, '16'],
		[{environment: {TERM: 'xterm-256color', FORCE_COLOR: '0'}, config: 'dark'}, 'none'],
		[{environment: {TERM: 'xterm-256color', FORCE_COLOR: 'maybe'}}, '256'],
		[{environment: {TERM: 'xterm-256color'}, config: 'mono'}, 'none'],
		[{environment: {TERM: 'xterm-256color'}, config: 'light'}, '256'],
		[{flag: 'dark', environment: {TERM: 'xterm-256color', NO_COLOR: '1'}}, '256'],
		[{flag: 'dark', environment: {TERM: 'dumb'}}, '16'],
		[{flag: 'mono', environment: {COLORTERM: 'truecolor', FORCE_COLOR: '3'}}, 'none'],
	];
	for (const [sources, depth] of cases) assert.equal(chooseDepth(sources), depth, JSON.stringify(sources));
});
