import type {Clock} from '../core/clock.ts';
import {clipboardSequence} from '../core/clipboard.ts';
import {writeCopyFile} from './copy-file.ts';
import type {Environment} from './environment.ts';
import type {StdoutFilter} from './stdout-filter.ts';
import {copyThroughTmux} from './tmux-clipboard.ts';

/** How long tmux may take to accept a text. */
const tmuxTimeoutMs = 2000;

export type ClipboardTools = Readonly<{environment: Environment; filter: StdoutFilter; clock: Clock}>;
export type Copied = Readonly<{where: 'clipboard'} | {where: 'file'; path: string}>;

/** Copies a text: through tmux where we run in one, else by OSC 52, else, when it is too large for that, into a file of the user's own. */
export function clipboardWriter({environment, filter, clock}: ClipboardTools): (text: string) => Promise<Copied> {
	return async text => {
		if (environment.multiplexer === 'tmux' && (await copyThroughTmux(text, AbortSignal.timeout(tmuxTimeoutMs)))) return {where: 'clipboard'};
		const sequence = clipboardSequence(text, environment.multiplexer);
		if (sequence === undefined) return {where: 'file', path: await writeCopyFile(environment.stateFolder, text, clock.now())};
		filter.writeNow(sequence);
		return {where: 'clipboard'};
	};
}
