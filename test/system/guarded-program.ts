// Run in a pseudo-terminal by terminal-guard.test.ts: a full screen without Ink, which does what the keys say.
import {fdWriter} from '../../source/system/fd-writer.ts';
import {systemClock} from '../../source/system/clock.ts';
import {StdoutFilter} from '../../source/system/stdout-filter.ts';
import {guardTerminal} from '../../source/system/terminal-guard.ts';

const clock = systemClock('let-go');
const output = new StdoutFilter({terminal: process.stdout, writer: fdWriter(1), synchronized: false, lost: () => guard.lost()});
const guard = guardTerminal({
	process,
	input: process.stdin,
	output,
	clock,
	leaving: () => undefined,
	crashText: error => `k8tui stopped: ${error instanceof Error ? error.message : String(error)}`,
	suspendAsked: () => void suspend(),
});
process.stdin.setRawMode(true);
process.stdin.setEncoding('utf8');
draw();
process.stdin.on('data', (keys: string) => {
	if (keys === 'q') process.exit(0);
	if (keys === 't') throw new Error('thrown');
	if (keys === 'r') void Promise.reject(new Error('rejected'));
	if (keys === '\u001a') void suspend();
	if (keys === 'w') setInterval(() => output.write('more\r\n'), 5);
});

function draw(): void {
	output.write('\u001b[?1049h\u001b[?25l\u001b[?2004h\u001b[H\u001b[31mfull screen');
}

async function suspend(): Promise<void> {
	output.write('\u001b[?2004l\u001b[?1049l\u001b[?25h');
	process.stdin.setRawMode(false);
	await guard.stop();
	process.stdin.setRawMode(true);
	draw();
}
