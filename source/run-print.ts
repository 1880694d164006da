import process from 'node:process';
import type {Discovery} from './core/cluster-client.ts';
import type {PrintInvocation} from './core/invocation.ts';
import {makeCatalogue} from './core/make-catalogue.ts';
import {describeProblem, problemOf} from './core/problem.ts';
import {logCalls, noClusterSentence, openConnection, openOneShotLog, printedText, untilInterrupted} from './one-shot.ts';
import {printOnce} from './print/print-once.ts';
import {readDiscovery} from './print/read-discovery.ts';
import {findWanted} from './print/wanted.ts';
import {resourceKinds} from './resources/index.ts';
import {readCellMetrics} from './store/metrics/read-cell-metrics.ts';
import {systemClock} from './system/clock.ts';

const failedCode = 2;

/** Prints what a command line asks for; resolves with the exit code. Never rejects on what can be expected to fail. */
export async function runPrint(invocation: PrintInvocation, version: string): Promise<number> {
	const signal = untilInterrupted();
	using log = openOneShotLog(invocation.diagnostics);
	const warn = (sentence: string) => void process.stderr.write(`${sentence}\n`);
	try {
		const connection = await openConnection(invocation.connection, version, {share: invocation.share});
		if (connection.type === 'none') {
			warn(noClusterSentence(connection));
			return failedCode;
		}
		await using client = connection.client;
		const isEnough = (discovery: Discovery) => findWanted(invocation.selection, makeCatalogue(resourceKinds, discovery)).ok;
		const catalogue = makeCatalogue(resourceKinds, await readDiscovery(client, isEnough, signal));
		const code = await printOnce(
			{
				client,
				catalogue,
				invocation,
				warn,
				write: text => void process.stdout.write(printedText(text, invocation.share)),
				now: Date.now,
				metrics: (question, over) => readCellMetrics({client, catalogue, clock: systemClock('hold')}, question, over),
			},
			signal,
		);
		logCalls(log, client);
		return code;
	} catch (error) {
		if (signal.aborted) return 0;
		warn(describeProblem(problemOf(error, 'Could not print')));
		return failedCode;
	}
}
