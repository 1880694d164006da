import {createIntern} from '../../source/core/intern.ts';
import type {Scope} from '../../source/core/feed.ts';
import type {ResourceType} from '../../source/core/resource-type.ts';
import type {KubeTransport} from '../../source/kube/kube-transport.ts';
import {createReachability} from '../../source/kube/reachability.ts';
import {createReflector} from '../../source/kube/reflector.ts';
import {createWake} from '../../source/kube/wake.ts';
import {createCollectingSink} from './collecting-sink.ts';
import {createFakeClock} from './fake-clock.ts';
import {podType} from './pod-type.ts';

/** A reflector over a fake clock, running until `close`. */
export function openReflector(transport: KubeTransport, more: Readonly<{scope?: Partial<Scope>; random?: () => number}> = {}) {
	const clock = createFakeClock();
	const sink = createCollectingSink();
	const controller = new AbortController();
	const wake = createWake();
	const resumed = createWake();
	const reachability = createReachability({transport, clock});
	const gone: ResourceType[] = [];
	const feed = createReflector(
		{type: podType, mode: 'metadata', ...more.scope},
		{transport, clock, random: more.random ?? (() => 0.5), intern: createIntern(), reachability, wake, resumed, onGone: type => void gone.push(type)},
	);
	const done = feed(sink, controller.signal);
	return {
		clock,
		sink,
		gone,
		resumed,
		reachability,
		retryNow() {
			wake.ring();
			reachability.retryNow();
		},
		async close() {
			controller.abort();
			await done;
		},
	};
}
