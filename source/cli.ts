import process from 'node:process';
import packageJson from '../package.json' with {type: 'json'};
import {readArguments} from './core/arguments.ts';
import type {Invocation} from './core/invocation.ts';
import {never} from './core/never.ts';
import {spellOut} from './core/spell-out.ts';
import {helpText} from './help-text.ts';
import {parseFlags} from './parse-flags.ts';

/** What a command line that cannot be understood ends with. */
const usageCode = 2;

// The reader of our output has gone away (`k8tui pods | head`): nothing is left to be done, and nothing to be said.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code === 'EPIPE' || error.code === 'EIO') process.exit(0);
	throw error;
});

process.exitCode = await start(process.argv.slice(2));

async function start(argv: readonly string[]): Promise<number> {
	const spelled = spellOut(argv);
	if (!spelled.ok) return refuse(spelled.refusal);
	const hasTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
	const term = process.env['TERM'] ?? '';
	// Windows consoles set no TERM.
	const isDumb = term === 'dumb' || (term === '' && process.platform !== 'win32');
	const read = readArguments(parseFlags(spelled.argv), argv, {hasTerminal, isDumb});
	return read.ok ? await run(read.invocation) : refuse(read.refusal);
}

function refuse(sentence: string): number {
	process.stderr.write(`${sentence}\n`);
	return usageCode;
}

async function run(invocation: Invocation): Promise<number> {
	const {version} = packageJson;
	switch (invocation.mode) {
		case 'help':
			process.stdout.write(helpText);
			return 0;
		case 'version':
			process.stdout.write(`k8tui ${version}\n`);
			return 0;
		case 'screen':
			return (await import('./main.ts')).runScreen(invocation, version);
		case 'print':
			return (await import('./run-print.ts')).runPrint(invocation, version);
		case 'check':
			return (await import('./run-check.ts')).runCheck(invocation, version);
		case 'logs':
			return (await import('./run-logs.ts')).runLogs(invocation, version);
		case 'top':
			return (await import('./run-top.ts')).runTop(invocation, version);
		case 'net':
			return (await import('./run-net.ts')).runNet(invocation, version);
		default:
			return never(invocation);
	}
}
