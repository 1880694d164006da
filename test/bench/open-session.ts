import type {Clock} from '../../source/core/clock.ts';
import {createClusterClient} from '../../source/kube/client.ts';
import {resolveContext} from '../../source/kube/config.ts';
import {parseKubeconfigView} from '../../source/kube/kubeconfig-files.ts';
import {resourceKinds} from '../../source/resources/index.ts';
import {Pulse} from '../../source/store/pulse.ts';
import {Session} from '../../source/store/session.ts';
import {systemClock} from '../../source/system/clock.ts';

export const benchClock: Clock = systemClock('hold');

/** All of the program but its screen, connected to a server; resolves when the server has told its kinds. */
export async function openSession(kubeconfig: string): Promise<Session> {
	const client = await createClusterClient({
		resolved: resolveContext(await parseKubeconfigView(kubeconfig, 'bench')),
		clock: benchClock,
		variables: {},
		hasTerminal: false,
		level: 'read',
		pinned: false,
		version: '0.0.0',
		// Nothing is kept from one start to the next.
		demo: true,
		cacheDirectory: '',
		random: Math.random,
	});
	const session = new Session({
		client,
		kinds: resourceKinds,
		clock: benchClock,
		pulse: new Pulse({clock: benchClock, tier: () => 'local', blocked: () => false}),
	});
	const known = new Promise<void>(resolve => {
		session.onChange(() => {
			if (session.discovery !== undefined) resolve();
		});
	});
	session.start();
	await known;
	return session;
}

/** Bytes of the JavaScript heap and of buffers that are in use, after a full collection. Needs --expose-gc. */
export function bytesInUse(): number {
	if (globalThis.gc === undefined) throw new Error('The bench runs its parts with --expose-gc');
	for (let round = 0; round < 3; round++) void globalThis.gc();
	const {heapUsed, external} = process.memoryUsage();
	return heapUsed + external;
}

/** CPU time of this process so far, ms. */
export function cpuMs(): number {
	const {user, system} = process.cpuUsage();
	return (user + system) / 1000;
}
