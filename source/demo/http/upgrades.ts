import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import {WebSocketServer} from 'ws';
import {at, type JsonObject, textAt} from '../json.ts';
import {chosenContainer, statusOf} from '../logs/container-run.ts';
import {badRequest, notFound, StatusError} from '../status-error.ts';
import type {StoredObject} from '../stored-object.ts';
import type {ApiContext, KindRequest} from './api-context.ts';
import {type ExecRequest, ExecSession} from './exec-session.ts';

const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'] as const;

function isSet(query: URLSearchParams, name: string): boolean {
	const value = query.get(name);
	return value !== null && value !== 'false' && value !== '0';
}

/** The pod and container that a command is for. Throws in the words of the API server (registry/core/pod, streamLocation). */
function placeOf(context: ApiContext, request: KindRequest): Readonly<{pod: StoredObject; container: JsonObject}> {
	const {namespace, name} = request.info;
	const pod = context.cluster.get('pods', namespace, name);
	if (pod === undefined) throw notFound(request.kind, name);
	const phase = textAt(pod, 'status', 'phase');
	if (phase === 'Succeeded' || phase === 'Failed') throw badRequest(`cannot exec into a container in a completed pod; current phase is ${phase}`);
	const container = chosenContainer(pod, request.url.searchParams.get('container') ?? '');
	const node = textAt(pod, 'spec', 'nodeName');
	if (node === '') throw badRequest(`pod ${name} does not have a host assigned`);
	if (context.cluster.settings.unreachableNodes.has(node)) {
		const message = `error dialing backend: dial tcp ${textAt(pod, 'status', 'hostIP')}:10250: connect: connection refused`;
		throw new StatusError({code: 500, message});
	}
	return {pod, container};
}

/** Which of the protocols that the client offers is spoken. Throws 400 for a client that wants none of them. */
function protocolOf(context: ApiContext, offered: string | undefined): ExecRequest['protocol'] {
	const wanted = (offered ?? '').split(',').map(text => text.trim());
	const spoken = context.cluster.settings.execV5 ? protocols : protocols.slice(1);
	const chosen = spoken.find(protocol => wanted.includes(protocol));
	if (chosen === undefined)
		throw badRequest(`unable to upgrade: the client wants ${wanted.join(', ') || 'no protocol'}, this server speaks ${spoken.join(' and ')}`);
	return chosen;
}

/** What attach and port-forward are answered with: the demo's containers have no process to watch and no port to reach. */
function notSimulated(subresource: string): StatusError {
	const what = subresource === 'attach' ? 'attach to a container' : 'forward a port';
	return new StatusError({
		code: 501,
		reason: 'NotImplemented',
		message: `the demo server runs no containers: it cannot ${what}. Commands by exec and logs are simulated.`,
	});
}

export type Upgrade = Readonly<{message: IncomingMessage; socket: Duplex; head: Buffer}>;

function webSockets(): WebSocketServer {
	return new WebSocketServer({
		noServer: true,
		perMessageDeflate: false,
		maxPayload: 64 * 1024 * 1024,
		handleProtocols: offered => protocols.find(protocol => offered.has(protocol)) ?? false,
	});
}

/** `.../pods/{name}/exec` over a WebSocket. Throws what it is refused with, before anything is written. */
export function openExec(context: ApiContext, request: KindRequest, upgrade: Upgrade): void {
	if (request.info.subresource !== 'exec') throw notSimulated(request.info.subresource);
	const query = request.url.searchParams;
	const {pod, container} = placeOf(context, request);
	const argv = query.getAll('command');
	if (argv.length === 0) throw badRequest('you must specify at least 1 command for the container');
	const isTty = isSet(query, 'tty');
	const hasStdout = isSet(query, 'stdout');
	if (!hasStdout && !isSet(query, 'stdin') && !isSet(query, 'stderr')) throw badRequest('you must specify at least 1 of stdin, stdout, stderr');
	if ((upgrade.message.headers.upgrade ?? '').toLowerCase() !== 'websocket') throw badRequest('unable to upgrade: only WebSockets are spoken here');
	const protocol = protocolOf(context, upgrade.message.headers['sec-websocket-protocol']);
	const isRunning = at(statusOf(pod, textAt(container, 'name')), 'state', 'running') !== undefined;
	if (!isRunning)
		throw new StatusError({
			code: 500,
			reason: 'InternalError',
			message: `Internal error occurred: unable to upgrade connection: container not found (${JSON.stringify(textAt(container, 'name'))})`,
		});
	if (!context.cluster.settings.execV5) upgrade.message.headers['sec-websocket-protocol'] = 'v4.channel.k8s.io';
	const exec = {
		cluster: context.cluster,
		pod,
		container,
		argv,
		protocol,
		isTty,
		hasStdin: isSet(query, 'stdin'),
		hasStdout,
		hasStderr: isSet(query, 'stderr') && !isTty,
	};
	webSockets().handleUpgrade(upgrade.message, upgrade.socket, upgrade.head, socket => {
		new ExecSession(socket, exec).run().catch(() => socket.terminate());
	});
}
