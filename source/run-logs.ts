import type {Catalogue} from './core/catalogue.ts';
import type {ClusterClient} from './core/cluster-client.ts';
import type {LogsInvocation} from './core/invocation.ts';
import {logTargetOf} from './core/logs/log-target-of.ts';
import type {LogTarget} from './core/logs/log-target.ts';
import {makeCatalogue} from './core/make-catalogue.ts';
import {problemOf} from './core/problem.ts';
import {runOneShot} from './one-shot.ts';
import {LogPrinter} from './print-logs.ts';
import {noObjectSentence} from './print/log-sentences.ts';
import {readDiscovery} from './print/read-discovery.ts';
import {resourceKinds} from './resources/index.ts';

const missingCode = 1;
const failedCode = 2;

/** Prints what `k8tui logs` asks for; resolves with the exit code. Never rejects on what can be expected to fail. */
export async function runLogs(invocation: LogsInvocation, version: string): Promise<number> {
	const {connection, diagnostics, share} = invocation;
	return await runOneShot({connection, diagnostics, version, options: {share}, failedCode, what: 'Could not read the logs'}, async ({client, signal, warn}) => {
		const catalogue = await catalogueFor(client, invocation, signal);
		const found = logTargetOf(invocation.wish, catalogue, client.context.namespace);
		if (found.ok) return await print({client, catalogue, invocation, target: found.target, warn}, signal);
		warn(found.refusal);
		return failedCode;
	});
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
