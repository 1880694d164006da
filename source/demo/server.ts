import type {Clock} from '../core/clock.ts';
import {churnPods, type ChurnOptions} from './churn.ts';
import {DemoCluster} from './cluster.ts';
import {startControlPlane} from './control-plane/control-plane.ts';
import {createFaults, type Faults} from './faults.ts';
import {Listener} from './http/listener.ts';
import {createSnapshots} from './http/snapshots.ts';
import {LogBook} from './logs/log-book.ts';
import {kubeconfigText, type KubeconfigOptions} from './kubeconfig.ts';
import {seededRandom} from './random.ts';
import type {DemoUser} from './rbac.ts';
import {Rendering} from './rendering.ts';
import {createRequestLog, type RequestLog} from './request-log.ts';
import type {DemoSettings} from './settings.ts';
import {stories} from './stories/stories.ts';
import type {DemoStory} from './story.ts';
import {systemClock} from './system-clock.ts';

export type DemoOptions = Readonly<{
	/** A story's name, with a parameter after a colon: `ten-thousand-pods:100000`. */
	story: string;
	/** The same seed gives the same names and numbers. */
	seed?: number;
	/** The server's time; the machine's where missing. */
	clock?: Clock;
	/** 0 or missing: a free one. */
	port?: number;
	/** false: no control plane, so that nothing changes by itself. Default true. */
	realTime?: boolean;
}>;

export type DemoServer = AsyncDisposable &
	Readonly<{
		url: string;
		/** A bearer token of the user `demo`, who may do everything; without credentials requests are his too. */
		token: string;
		story: DemoStory;
		kubeconfig(options?: Omit<KubeconfigOptions, 'server' | 'token'>): string;
		/** The objects: writes from here are seen by lists and watches like anybody's. */
		cluster: DemoCluster;
		settings: DemoSettings;
		faults: Faults;
		/** The logs of all containers: a test may put its own lines in. */
		logs: LogBook;
		requests: RequestLog;
		/** Bearer tokens and whose they are; deleting one makes it a bad token. */
		tokens: Map<string, DemoUser>;
		/** Changes pods at a steady rate until disposed. */
		churn(options: ChurnOptions): Disposable;
		/** Refuses connections until restart(), on the same port. */
		stop(): Promise<void>;
		restart(): Promise<void>;
		/** While on, not a byte is answered; nothing is lost. */
		stall(isOn: boolean): void;
	}>;

const token = 'demo-token';

function storyOf(text: string): Readonly<{story: DemoStory; parameter: string | undefined}> {
	const [name = '', parameter] = text.split(':');
	const story = stories.find(candidate => candidate.name === name);
	if (story === undefined) throw new Error(`There is no demo story ${JSON.stringify(name)}. Known: ${stories.map(known => known.name).join(', ')}.`);
	return {story, parameter};
}

/** Builds a story's cluster and serves it over HTTP on 127.0.0.1. Rejects for an unknown story or a port that is taken. */
export async function startDemo(options: DemoOptions): Promise<DemoServer> {
	const {story, parameter} = storyOf(options.story);
	const clock = options.clock ?? systemClock();
	const cluster = new DemoCluster(clock, seededRandom(options.seed ?? 1));
	story.build(cluster, cluster.random, parameter);
	// What was built before anybody could watch has no history.
	cluster.compact();
	const snapshots = createSnapshots(clock);
	cluster.onCompaction(snapshots.expire);
	const logs = new LogBook(cluster);
	const faults = createFaults();
	const requests = createRequestLog();
	const tokens = new Map<string, DemoUser>([[token, {username: 'demo', groups: ['system:masters']}]]);
	const listener = new Listener({context: {cluster, rendering: new Rendering(), snapshots, logs}, faults, log: requests, tokens});
	await listener.start(options.port ?? 0);
	const controlPlane = story.isLiving && options.realTime !== false ? startControlPlane(cluster) : undefined;
	return {
		url: listener.url,
		token,
		story,
		kubeconfig: (own = {}) => kubeconfigText({...own, server: listener.url, token}),
		cluster,
		settings: cluster.settings,
		faults,
		logs,
		requests,
		tokens,
		churn: churnOptions => churnPods(cluster, churnOptions),
		stop: () => listener.stop(),
		restart: () => listener.start(),
		stall: isOn => listener.stall(isOn),
		async [Symbol.asyncDispose]() {
			controlPlane?.[Symbol.dispose]();
			listener.stall(false);
			await listener.stop();
		},
	};
}
