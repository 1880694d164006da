import process from 'node:process';
import {checks} from './checks/index.ts';
import type {ClusterClient} from './core/cluster-client.ts';
import type {NetInvocation} from './core/invocation.ts';
import {makeCatalogue} from './core/make-catalogue.ts';
import {netMarkdown} from './core/net/net-markdown.ts';
import {verdictCode} from './core/net/net-words.ts';
import {readDestination} from './core/net/trace/destination.ts';
import {printedText, runOneShot} from './one-shot.ts';
import {netJson} from './print/net-json.ts';
import {netText} from './print/net-text.ts';
import {readDiscovery} from './print/read-discovery.ts';
import {probes} from './probes/index.ts';
import {readYamlFile} from './read-yaml-file.ts';
import {resourceKinds} from './resources/index.ts';
import {type NetAnswer, netOnce} from './store/net/net-once.ts';
import {systemClock} from './system/clock.ts';
import type {Log} from './system/log.ts';

/** Nothing was decided, or it could not be run. */
const undecidedCode = 3;

/** Prints what `k8tui net` asks for; resolves with the exit code: 0 clean, 1 warning, 2 critical, 3 undecided or could not run. */
export async function runNet(invocation: NetInvocation, version: string): Promise<number> {
	const {connection, diagnostics, share, wish} = invocation;
	const refusal = refusalOf(invocation);
	if (refusal !== undefined) {
		process.stderr.write(`${refusal}\n`);
		return undecidedCode;
	}
	// --probe is the consent for this run: the level goes no higher than that, and holds for this connection alone.
	const options = {level: wish.probe === undefined ? 'read' : 'probe', share} as const;
	return await runOneShot(
		{connection, diagnostics, version, options, failedCode: undecidedCode, what: `Could not run k8tui net ${wish.view}`},
		async ({client, log, signal}) => {
			const answer = await ask(invocation, client, {log, signal});
			process.stdout.write(printedText(await printed(invocation, answer, client), share));
			return verdictCode(answer.report.verdict);
		},
		warn => {
			warn('Interrupted.');
			return undecidedCode;
		},
	);
}

/** Why it is not begun at all. */
function refusalOf({wish, readOnly}: NetInvocation): string | undefined {
	if (wish.probe !== undefined && readOnly)
		return `--probe ${wish.probe} sends traffic from inside the cluster, and --read-only refuses that. Leave one of them out.`;
	if (wish.destination === undefined) return undefined;
	const read = readDestination(wish.destination);
	return read.ok ? undefined : read.refusal;
}

async function ask({wish, connection}: NetInvocation, client: ClusterClient, {log, signal}: Readonly<{log: Log; signal: AbortSignal}>): Promise<NetAnswer> {
	const discovery = await readDiscovery(client, () => false, signal);
	const catalogue = makeCatalogue(resourceKinds, discovery);
	return await netOnce(
		wish,
		wish.whatIf === undefined ? undefined : await readYamlFile(wish.whatIf),
		{
			client,
			catalogue,
			checks,
			probes,
			clock: systemClock('hold'),
			random: Math.random,
			...(connection.namespace === undefined ? {} : {namespace: connection.namespace}),
			record: ({at, target, argv, exitCode, tookMs, failure}) => log.write('info', `probe ${target}`, {at, argv, exitCode, tookMs, failure}),
		},
		signal,
	);
}

async function printed({wish, format, command}: NetInvocation, {report, from}: NetAnswer, client: ClusterClient): Promise<string> {
	if (format === 'text') return netText(report, from);
	if (format === 'json') {
		const {view, destination, name, to, port} = wish;
		return netJson(report, {
			view,
			...(destination === undefined ? {} : {destination}),
			...(name === undefined ? {} : {name}),
			...(from === undefined ? {} : {from}),
			...(to === undefined ? {} : {to}),
			...(port === undefined ? {} : {port}),
		});
	}
	const version = await client.version(new AbortController().signal);
	return netMarkdown(report, {command, context: client.context.name, version, at: Date.now() + client.skewMs(), demo: client.context.demo}, from);
}
