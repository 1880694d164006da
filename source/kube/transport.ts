import type {Call} from '../core/cluster-client.ts';
import type {Clock} from '../core/clock.ts';
import type {Live} from '../core/live.ts';
import {isWithin, type PolicyLevel} from '../core/policy-level.ts';
import type {Query} from './api-path.ts';
import {createCredentials, type Credentials} from './auth.ts';
import {createCallLog} from './calls.ts';
import {type Channel, type ChannelHandlers, openChannel, type OpenChannels} from './channel.ts';
import {createClockSkew} from './clock-skew.ts';
import type {ResolvedContext} from './config.ts';
import {createConnections} from './connections.ts';
import {admit, type TransportRequest} from './job.ts';
import type {KubeAnswer, KubeTransport} from './kube-transport.ts';
import {guarded, requestAnswer} from './requesting.ts';
import {openAnswer, type StreamAnswer} from './streaming.ts';
import type {ProbeVoucher} from './policy.ts';

export type TransportStreamRequest = Readonly<{
	path: string;
	query?: Query;
	accept: string;
	what?: string;
	/** Called when it has waited 5 s for a free connection. */
	queued?: () => void;
	/** How long pieces may gather before they are delivered. */
	gatherMs?: number;
}>;

/** An upgrade to the channel protocol: exec. */
export type TransportChannelRequest = Readonly<{
	path: string;
	query: Query;
	what: string;
	probe: ProbeVoucher;
	/** Only this one is offered; default: the newest that the server knows. */
	protocol?: Channel['protocol'];
}>;

/** The one door to a cluster, a KubeTransport that can do more. Every promise rejects with a ProblemError. */
export type Transport = Pick<KubeTransport, 'skewMs'> &
	Readonly<{
		request(request: TransportRequest, signal: AbortSignal): Promise<KubeAnswer>;
		/** No time limit on the body. */
		stream(request: TransportStreamRequest, signal: AbortSignal): Promise<StreamAnswer>;
		/** `handlers` are told from the first message on, also before this resolves. */
		channel(request: TransportChannelRequest, handlers: ChannelHandlers, signal: AbortSignal): Promise<Channel>;
		level(): PolicyLevel;
		/** false where the level is pinned. */
		setLevel(level: PolicyLevel): boolean;
		/** The last 500 requests, newest first, and every open stream. */
		calls: Live<readonly Call[]>;
		credentials: Pick<Credentials, 'state' | 'logIn' | 'forget'>;
		/** After a suspend nothing is known of the connections: closes all, the next request opens new ones. */
		renewConnections(): void;
		close(): Promise<void>;
	}>;

export type TransportOptions = Readonly<{
	resolved: ResolvedContext;
	clock: Clock;
	/** Variables of the process: proxies are read from them, login plugins inherit them. */
	environment: Readonly<Record<string, string | undefined>>;
	/** Standard input is a terminal: a login plugin may ask there. */
	hasTerminal: boolean;
	/** Of k8tui, for the user agent. */
	version: string;
	level: PolicyLevel;
	pinned: boolean;
	/** The level is never raised above this one. */
	most?: PolicyLevel;
	/** 0 <= n < 1; spreads retries. */
	random: () => number;
	/** Told each request as it ends. */
	onCall?: (call: Call) => void;
}>;

/** Connects to nothing yet: the first request does. Throws a config ProblemError for a proxy variable that cannot be used. */
export function createTransport(options: TransportOptions): Transport {
	const {resolved, clock, random, pinned, most = 'write'} = options;
	const credentials = createCredentials(options);
	const connections = createConnections(options);
	const log = createCallLog(clock, options.onCall);
	const skew = createClockSkew();
	const userAgent = `k8tui/${options.version} (${process.platform}/${process.arch}) node/${process.versions.node}`;
	const channels: OpenChannels = new Set();
	const parts = {resolved, clock, random, credentials, connections, log, skew, userAgent, channels};
	const endChannels = () => {
		for (const channel of [...channels]) channel.terminate();
	};
	let level = isWithin(options.level, most) ? options.level : most;
	return {
		async request(request, signal) {
			const job = admit(request, level);
			return await guarded(job.what, signal, () => requestAnswer(parts, job, signal));
		},
		async stream(request, signal) {
			const job = admit(request, level);
			return await guarded(job.what, signal, () => openAnswer(parts, job, request, signal));
		},
		async channel({protocol, ...request}, handlers, signal) {
			const job = admit({...request, accept: '*/*', upgrade: true}, level);
			return await guarded(job.what, signal, () => openChannel({...parts, ...(protocol === undefined ? {} : {protocol})}, job, handlers, signal));
		},
		skewMs: skew.skewMs,
		level: () => level,
		setLevel(next) {
			if (pinned || !isWithin(next, most)) return next === level;
			level = next;
			return true;
		},
		calls: {subscribe: log.subscribe, snapshot: log.snapshot},
		credentials,
		renewConnections() {
			endChannels();
			connections.renew();
		},
		async close() {
			endChannels();
			await connections.close();
		},
	};
}
