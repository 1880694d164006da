import process from 'node:process';
import type {Catalogue} from './core/catalogue.ts';
import type {ClusterClient} from './core/cluster-client.ts';
import type {LogsInvocation} from './core/invocation.ts';
import {logTargetOf} from './core/logs/log-target-of.ts';
import type {LogTarget} from './core/logs/log-target.ts';
import {makeCatalogue} from './core/make-catalogue.ts';
import {describeProblem, problemOf} from './core/problem.ts';
import {logCalls, noClusterSentence, openConnection, openOneShotLog, untilInterrupted} from './one-shot.ts';
import {LogPrinter} from './print-logs.ts';
import {noObjectSentence} from './print/log-sentences.ts';
import {readDiscovery} from './print/read-discovery.ts';
import {resourceKinds} from './resources/index.ts';

const missingCode = 1;
const failedCode = 2;

/** Prints what `k8tui logs` asks for; resolves with the exit code. Never rejects on what can be expected to fail. */
export async function runLogs(invocation: LogsInvocation, version: string): Promise<number> {
	const signal = untilInterrupted();
	using log = openOneShotLog(invocation.diagnostics);
	const warn = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
	try {
		const connection = await openConnection(invocation.connection, version, {share: invocation.share});
		if (connection.type === 'none') {
			warn(noClusterSentence(connection));
			return failedCode;
		}
		await using client = connection.client;
		const catalogue = await catalogueFor(client, invocation, signal);
		const found = logTargetOf(invocation.wish, catalogue, client.context.namespace);
		if (!found.ok) {
			warn(found.refusal);
			return failedCode;
		}
		const code = await print({client, catalogue, invocation, target: found.target, warn}, signal);
		logCalls(log, client);
		return code;
	} catch (error) {
		if (signal.aborted) return 0;
		warn(describeProblem(problemOf(error, 'Could not read the logs')));
		return failedCode;
	}
}

type Job = Readonly<{client: ClusterClient; catalogue: Catalogue; invocation: LogsInvocation; target: LogTarget; warn(sentence: string): void}>;

async function print(job: Job, signal: AbortSignal): Promise<number> {
	try {
		return await new LogPrinter(job).print(signal);
	} catch (error) {
		const problem = problemOf(error, 'Could not read the logs');
		if (signal.aborted || problem.code !== 'not-found') throw error;
		job.warn(noObjectSentence(job.target));
		return missingCode;
	}
}

/** A name of a pod needs no discovery: our own records know its path. */
async function catalogueFor(client: ClusterClient, {wish}: LogsInvocation, signal: AbortSignal): Promise<Catalogue> {
	const own = makeCatalogue(resourceKinds, undefined);
	const kind = wish.target?.kind ?? 'pods';
	const known = own.resolve(kind);
	if (known.length > 0) return own;
	const discovery = await readDiscovery(client, found => makeCatalogue(resourceKinds, found).resolve(kind).length > 0, signal);
	return makeCatalogue(resourceKinds, discovery);
}
