import process from 'node:process';
import type {Discovery} from './core/cluster-client.ts';
import type {PrintInvocation} from './core/invocation.ts';
import {makeCatalogue} from './core/make-catalogue.ts';
import {printedText, runOneShot} from './one-shot.ts';
import {printOnce} from './print/print-once.ts';
import {readDiscovery} from './print/read-discovery.ts';
import {findWanted} from './print/wanted.ts';
import {resourceKinds} from './resources/index.ts';
import {readCellMetrics} from './store/metrics/read-cell-metrics.ts';
import {systemClock} from './system/clock.ts';

const failedCode = 2;

/** Prints what a command line asks for; resolves with the exit code. Never rejects on what can be expected to fail. */
export async function runPrint(invocation: PrintInvocation, version: string): Promise<number> {
	const {connection, diagnostics, share} = invocation;
	return await runOneShot({connection, diagnostics, version, options: {share}, failedCode, what: 'Could not print'}, async ({client, signal, warn}) => {
		const isEnough = (discovery: Discovery) => findWanted(invocation.selection, makeCatalogue(resourceKinds, discovery)).ok;
		const catalogue = makeCatalogue(resourceKinds, await readDiscovery(client, isEnough, signal));
		return await printOnce(
			{
				client,
				catalogue,
				invocation,
				warn,
				write: text => void process.stdout.write(printedText(text, share)),
				now: Date.now,
				metrics: (question, over) => readCellMetrics({client, catalogue, clock: systemClock('hold')}, question, over),
			},
			signal,
		);
	});
}
