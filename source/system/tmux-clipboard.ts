import {spawn} from 'node:child_process';

/**
 * Puts the text into tmux's own buffer and, by tmux, on the outer terminal's clipboard. Works with tmux's default
 * settings, where an OSC 52 of a program inside is ignored. Resolves with false where tmux (3.2 or later) is not to be had.
 */
export function copyThroughTmux(text: string, signal: AbortSignal): Promise<boolean> {
	return new Promise(resolve => {
		const tmux = spawn('tmux', ['load-buffer', '-w', '-'], {stdio: ['pipe', 'ignore', 'ignore'], signal});
		tmux.on('error', () => resolve(false));
		tmux.on('close', code => resolve(code === 0));
		tmux.stdin.on('error', () => undefined);
		tmux.stdin.end(text);
	});
}
