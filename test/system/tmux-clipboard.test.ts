import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {copyThroughTmux} from '../../source/system/tmux-clipboard.ts';

/** Runs with a PATH whose only `tmux` is this script; none where it is undefined. */
async function withTmux(script: string | undefined, run: (folder: string) => Promise<void>): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'k8tui-tmux-'));
	if (script !== undefined) writeFileSync(join(folder, 'tmux'), `#!/bin/sh\n${script}\n`, {mode: 0o755});
	const path = process.env['PATH'];
	process.env['PATH'] = script === undefined ? folder : `${folder}:${path}`;
	try {
		await run(folder);
	} finally {
		process.env['PATH'] = path;
		rmSync(folder, {recursive: true, force: true});
	}
}

const signal = new AbortController().signal;

test('tmux gets the text on its input', () =>
	withTmux('echo "$@" > "$(dirname "$0")/arguments"; cat > "$(dirname "$0")/text"', async folder => {
		assert.equal(await copyThroughTmux('wörter\n', signal), true);
		assert.equal(readFileSync(join(folder, 'text'), 'utf8'), 'wörter\n');
		assert.equal(readFileSync(join(folder, 'arguments'), 'utf8'), 'load-buffer -w -\n');
	}));

test('an old tmux, which does not know -w, and no tmux at all are a no', async () => {
	await withTmux('exit 1', async () => assert.equal(await copyThroughTmux('x'.repeat(200_000), signal), false));
	await withTmux(undefined, async () => assert.equal(await copyThroughTmux('x', signal), false));
});
