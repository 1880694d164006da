import type {RawData, WebSocket} from 'ws';
import type {DemoCluster} from '../cluster.ts';
import {isRecord, type JsonObject, numberAt, parseJson, textAt} from '../json.ts';
import {statusOf} from '../logs/container-run.ts';
import {containerMachine} from '../shell/container-machine.ts';
import {Shell} from '../shell/interpreter.ts';
import type {Output} from '../shell/streams.ts';
import type {StoredObject} from '../stored-object.ts';
import {channel, channelOutput, StdinQueue} from './channels.ts';
import {Terminal} from './terminal.ts';

export type ExecRequest = Readonly<{
	cluster: DemoCluster;
	pod: StoredObject;
	container: JsonObject;
	argv: readonly string[];
	hasStdin: boolean;
	hasStdout: boolean;
	hasStderr: boolean;
	isTty: boolean;
	/** v5 knows the end of stdin. */
	protocol: 'v5.channel.k8s.io' | 'v4.channel.k8s.io';
}>;

/** The shell's own words that are also programs of every container with a shell. */
const plainPrograms = new Set(['echo', 'printf', 'true', 'false', 'test', '[']);

function internalError(message: string): JsonObject {
	return {metadata: {}, status: 'Failure', message: `Internal error occurred: ${message}`, reason: 'InternalError', details: {causes: [{message}]}, code: 500};
}

/** What the container runtime says of a program that it cannot start, as it comes through the kubelet and the API server. */
function cannotStart(program: string, protocol: ExecRequest['protocol'], id: string): JsonObject {
	const runtime = `OCI runtime exec failed: exec failed: unable to start container process: exec: ${JSON.stringify(program)}: executable file not found in $PATH: unknown`;
	const kubelet = `error executing command in container: failed to exec in container: failed to start exec "${id}": ${runtime}`;
	// Translated by the API server, it is wrapped once more.
	return internalError(protocol === 'v5.channel.k8s.io' ? `Internal error occurred: ${kubelet}` : kubelet);
}

function ended(status: number): JsonObject {
	if (status === 0) return {metadata: {}, status: 'Success'};
	const message = `command terminated with non-zero exit code: command terminated with exit code ${status}`;
	return {metadata: {}, status: 'Failure', message, reason: 'NonZeroExitCode', details: {causes: [{reason: 'ExitCode', message: String(status)}]}};
}

function bytesOf(data: RawData): Buffer {
	return Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

/** One command in one container, over one WebSocket, to its end or the client's. */
export class ExecSession {
	readonly #socket: WebSocket;
	readonly #request: ExecRequest;
	readonly #stdin = new StdinQueue();
	readonly #ending = new AbortController();
	#size: Readonly<{columns: number; rows: number}> = {columns: 80, rows: 24};

	constructor(socket: WebSocket, request: ExecRequest) {
		this.#socket = socket;
		this.#request = request;
		socket.on('message', data => this.#receive(bytesOf(data)));
		socket.on('close', () => {
			this.#stdin.end();
			this.#ending.abort(new Error('the client has gone'));
		});
		socket.on('error', () => undefined);
		if (!request.hasStdin) this.#stdin.end();
	}

	async run(): Promise<void> {
		// The kubelet says by an empty frame that the command is about to run.
		this.#socket.send(Buffer.from([this.#request.hasStdout ? channel.stdout : channel.stderr]));
		const status = await this.#status();
		if (this.#ending.signal.aborted) return;
		this.#socket.send(Buffer.concat([Buffer.from([channel.status]), Buffer.from(JSON.stringify(status))]));
		this.#socket.close(1000);
	}

	async #status(): Promise<JsonObject> {
		const {cluster, pod, container, argv, protocol, isTty} = this.#request;
		const terminal = (): ReturnType<Parameters<typeof containerMachine>[0]['terminal']> => (isTty ? this.#size : undefined);
		const machine = containerMachine({cluster, pod, container, signal: this.#ending.signal, terminal});
		const [program = ''] = argv;
		const name = program.replace(/^(?:\/usr)?\/bin\//u, '');
		const hasShell = machine.commands['sh'] !== undefined;
		const id = textAt(statusOf(pod, textAt(container, 'name')), 'containerID').slice(-64);
		if (machine.commands[name] === undefined && !(hasShell && plainPrograms.has(name))) return cannotStart(program, protocol, id);
		const shell = new Shell(machine, name, []);
		const nowhere: Output = () => undefined;
		const screen = channelOutput(this.#socket, channel.stdout);
		const tty = isTty ? new Terminal(this.#stdin, screen) : undefined;
		const output = !this.#request.hasStdout ? nowhere : (tty?.output ?? screen);
		const errors = tty?.output ?? (this.#request.hasStderr ? channelOutput(this.#socket, channel.stderr) : nowhere);
		try {
			return ended(
				await shell.runWords([name, ...argv.slice(1)], {
					input: tty ?? this.#stdin,
					outputs: new Map([
						[1, output],
						[2, errors],
					]),
				}),
			);
		} catch (error) {
			if (this.#ending.signal.aborted) return ended(137);
			return internalError(error instanceof Error ? error.message : String(error));
		}
	}

	#receive(bytes: Buffer): void {
		switch (bytes[0]) {
			case channel.stdin:
				if (this.#request.hasStdin) this.#stdin.push(bytes.subarray(1));
				return;
			case channel.resize:
				this.#resize(bytes.toString('utf8', 1));
				return;
			case channel.close:
				if (this.#request.protocol === 'v5.channel.k8s.io' && bytes[1] === channel.stdin) this.#stdin.end();
				return;
			default:
		}
	}

	#resize(text: string): void {
		try {
			const size = parseJson(text);
			if (isRecord(size)) this.#size = {columns: numberAt(size, 'Width'), rows: numberAt(size, 'Height')};
		} catch {
			// A size that is none changes nothing.
		}
	}
}
