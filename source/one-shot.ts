import {homedir} from 'node:os';
import process from 'node:process';
import {connect, type Connection} from './connect.ts';
import type {ConnectionWish} from './core/invocation.ts';
import {systemClock} from './system/clock.ts';
import {readEnvironment} from './system/environment.ts';

/** The connection of a command that draws no screen: nothing may be changed by it. Rejects with a ProblemError. */
export async function openConnection(wish: ConnectionWish, version: string): Promise<Connection> {
	const environment = readEnvironment(process.env, process.platform, homedir());
	const hasTerminal = process.stdin.isTTY === true;
	return await connect({wish, variables: process.env, environment, clock: systemClock('hold'), version, level: 'read', pinned: true, hasTerminal});
}

/** Where a cluster was looked for, and the two ways on. */
export function noClusterSentence({start}: Extract<Connection, {type: 'none'}>): string {
	const places = start.looked.map(({place, found}) => `${place} (${found})`).join(', ');
	return `There is no cluster to talk to; looked at ${places}. Name a file with --kubeconfig, or try k8tui --demo.`;
}

/** Ctrl-C and a polite end stop what is under way; a second one ends the process as usual. */
export function untilInterrupted(): AbortSignal {
	const ending = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => ending.abort());
	return ending.signal;
}
