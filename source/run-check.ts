import {homedir} from 'node:os';
import process from 'node:process';
import type {Connection} from './connect.ts';
import type {ContextInfo} from './core/cluster-client.ts';
import type {CheckInvocation} from './core/invocation.ts';
import {describeProblem, problemOf} from './core/problem.ts';
import {resolveContext} from './kube/config.ts';
import {contextInfo} from './kube/context-info.ts';
import {logCalls, noClusterSentence, openConnection, openOneShotLog, untilInterrupted} from './one-shot.ts';
import {clusterLines} from './print/check-cluster.ts';
import {checkCode, checkJson, type CheckLine, checkText} from './print/check-report.ts';
import {kubeconfigLines, type TerminalFacts, terminalLines} from './print/check-surroundings.ts';
import {colourDepth, readEnvironment} from './system/environment.ts';
import type {Log} from './system/log.ts';

/** A server that hangs must not hang the check. */
const checkTimeoutMs = 60_000;

/** `--check`: connects, prints what it finds, exits. Resolves with the exit code: 0 well, 1 warnings, 2 errors. */
export async function runCheck(invocation: CheckInvocation, version: string): Promise<number> {
	const signal = AbortSignal.any([untilInterrupted(), AbortSignal.timeout(checkTimeoutMs)]);
	using log = openOneShotLog(invocation.diagnostics);
	const lines = [...terminalLines(terminalFacts()), ...(await connectionLines({invocation, version, log}, signal))];
	process.stdout.write(invocation.format === 'json' ? checkJson(lines) : checkText(lines));
	return checkCode(lines);
}

type CheckOptions = Readonly<{invocation: CheckInvocation; version: string; log: Log}>;

async function connectionLines({invocation, version, log}: CheckOptions, signal: AbortSignal): Promise<readonly CheckLine[]> {
	try {
		const connection = await openConnection(invocation.connection, version);
		if (connection.type === 'none') return [{section: 'kubeconfig', mark: 'X', text: noClusterSentence(connection)}];
		await using client = connection.client;
		const contexts = await contextsOf(connection, client.context);
		const files = kubeconfigLines({files: connection.view.files, contexts, current: client.context.name});
		const cluster = await clusterLines(client, Date.now, signal);
		logCalls(log, client);
		return [...files, ...cluster];
	} catch (error) {
		return [{section: 'kubeconfig', mark: 'X', text: describeProblem(problemOf(error, 'Could not use the kubeconfig'))}];
	}
}

/** Every context that can be resolved; a broken one is told when it is used. */
async function contextsOf({view}: Extract<Connection, {type: 'connected'}>, current: ContextInfo): Promise<readonly ContextInfo[]> {
	const infos = view.contexts.map(async ({name}) => {
		if (name === current.name) return [current];
		try {
			return [await contextInfo(resolveContext(view, {context: name}), Date.now())];
		} catch {
			return [];
		}
	});
	return (await Promise.all(infos)).flat();
}

function terminalFacts(): TerminalFacts {
	const environment = readEnvironment(process.env, process.platform, homedir());
	const {stdin, stdout} = process;
	return {
		isTerminal: stdin.isTTY === true && stdout.isTTY === true,
		term: environment.term,
		columns: stdout.columns ?? 0,
		rows: stdout.rows ?? 0,
		isUtf8: environment.isUtf8,
		colours: colourDepth(environment.colour),
		isDumb: environment.isDumb,
	};
}
