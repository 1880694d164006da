import assert from 'node:assert/strict';
import {test} from 'node:test';
import {eventually, patienceMs} from '../tools/eventually.ts';
import {runInPty} from '../tools/run-in-pty.ts';

test('a condition is asked of whole frames: what a terminal would not show yet is not seen', async () => {
	const halfFrame = "stty -echo; printf 'old\\033[?2026h\\rne'; read -r line; printf 'w\\033[?2026l'; read -r line";
	await using session = runInPty(['/bin/sh', '-c', halfFrame]);
	const seen = session.waitFor(/ne/).then(() => session.screen.text().trim());
	await eventually(
		() => session.screen.text().trim() === 'ned',
		patienceMs,
		() => session.screen.text(),
	);
	session.press('<enter>');
	assert.equal(await seen, 'new');
});
