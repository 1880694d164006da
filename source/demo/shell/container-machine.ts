import type {DemoCluster} from '../cluster.ts';
import {type JsonObject, recordsAt, textAt} from '../json.ts';
import {senderOf} from '../network/addresses.ts';
import type {StoredObject} from '../stored-object.ts';
import {containerFiles} from './files.ts';
import {Shell} from './interpreter.ts';
import type {Machine, Tool} from './machine.ts';
import {say} from './machine.ts';
import {readLine, type Input, type Output} from './streams.ts';
import {basicTools} from './tools/basic.ts';
import {connectionTools} from './tools/connections.ts';
import {dig, getent, nslookup} from './tools/lookups.ts';

/** Images that are a program and nothing else: no shell to exec. */
const bare = /coredns|metrics-server|envoy|cert-manager|node-exporter|otel-collector|pause|injector/u;

function environmentOf(pod: StoredObject, container: JsonObject): Readonly<Record<string, string>> {
	const own = recordsAt(container, 'env').flatMap(variable =>
		typeof variable['value'] === 'string' ? [[textAt(variable, 'name'), textAt(variable, 'value')] as const] : [],
	);
	return {
		PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
		HOSTNAME: pod.metadata.name,
		KUBERNETES_SERVICE_HOST: '10.96.0.1',
		KUBERNETES_SERVICE_PORT: '443',
		...Object.fromEntries(own),
		HOME: '/',
	};
}

export type SessionParts = Readonly<{
	cluster: DemoCluster;
	pod: StoredObject;
	container: JsonObject;
	signal: AbortSignal;
	terminal(): Readonly<{columns: number; rows: number}> | undefined;
}>;

/** A container to run commands in: its files, its programs, and the part of the network that it sees. */
export function containerMachine({cluster, pod, container, signal, terminal}: SessionParts): Machine {
	let passedMs = 0;
	const uptimeMs = (): number => cluster.now() - Date.parse(pod.metadata.creationTimestamp) + passedMs;
	const from = senderOf(pod);
	const commands: Readonly<Record<string, Tool>> = bare.test(textAt(container, 'image'))
		? {}
		: {
				...basicTools,
				...connectionTools(cluster, from),
				nslookup: nslookup(cluster, from),
				dig: dig(cluster, from),
				getent: getent(cluster, from),
				sh,
				ash: sh,
			};
	return {
		files: containerFiles(cluster, pod, uptimeMs),
		uptimeMs,
		pass: ms => {
			passedMs += ms;
		},
		wait: ms =>
			new Promise((resolve, reject) => {
				const timer = cluster.clock.after(ms, resolve);
				signal.addEventListener('abort', () => {
					timer[Symbol.dispose]();
					reject(signal.reason instanceof Error ? signal.reason : new Error('ended'));
				});
			}),
		environment: environmentOf(pod, container),
		terminal,
		signal,
		commands,
	};
}

/** `sh -c TEXT [NAME WORDS]`, or line by line from its input, with a prompt where there is a terminal. */
const sh: Tool = async ({argv, input, output, errors, machine}) => {
	const descriptors = {
		input,
		outputs: new Map<number, Output>([
			[1, output],
			[2, errors],
		]),
	};
	const at = argv.indexOf('-c');
	if (at > 0) {
		const [text = '', name = argv[0] ?? 'sh', ...words] = argv.slice(at + 1);
		return await new Shell(machine, name, words).runText(text, descriptors);
	}
	const shell = new Shell(machine, argv[0] ?? 'sh', []);
	return await converse(shell, input, machine.terminal() === undefined ? undefined : output, descriptors);
};

async function converse(shell: Shell, input: Input, prompt: Output | undefined, descriptors: Parameters<Shell['runText']>[1]): Promise<number> {
	for (;;) {
		if (prompt !== undefined) await say(prompt, '/ # ');
		const line = await readLine(input);
		if (line === undefined) return shell.state.status;
		shell.state.status = await shell.runText(line.text, descriptors);
		if (shell.state.hasExited) return shell.state.status;
	}
}
