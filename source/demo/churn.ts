import type {DemoCluster} from './cluster.ts';
import {type JsonObject, numberAt, recordAt, recordsAt} from './json.ts';
import {timestamp} from './stored-object.ts';

export type ChurnOptions = Readonly<{eventsPerSecond: number /** `pods` where missing. */; plural?: string}>;

/** Beats a second: often enough that the rate is even, seldom enough that timers cost nothing. */
const beatsPerSecond = 50;

/** Touches objects of a kind one after the other at a steady rate; each touch is one MODIFIED event. */
export function churnPods(cluster: DemoCluster, options: ChurnOptions): Disposable {
	const plural = options.plural ?? 'pods';
	const names = cluster.list(plural).map(({metadata: {namespace, name}}) => ({namespace, name}));
	const startedAt = cluster.now();
	let written = 0;
	let isOver = false;
	const beat = (): void => {
		if (isOver || names.length === 0) return;
		// By the clock, not by counting beats: a late timer is made up for.
		const due = Math.floor(((cluster.now() - startedAt) / 1000) * options.eventsPerSecond);
		for (; written < due; written += 1) touch(cluster, plural, names[written % names.length], written);
		timer = cluster.clock.after(1000 / beatsPerSecond, beat);
	};
	let timer = cluster.clock.after(1000 / beatsPerSecond, beat);
	return {
		[Symbol.dispose]() {
			isOver = true;
			timer[Symbol.dispose]();
		},
	};
}

function touch(cluster: DemoCluster, plural: string, at: Readonly<{namespace: string | undefined; name: string}> | undefined, count: number): void {
	const object = at === undefined ? undefined : cluster.get(plural, at.namespace, at.name);
	if (object === undefined) return;
	const annotations = {...object.metadata.annotations, 'demo.k8tui.io/touched': String(count)};
	const [first, ...others] = recordsAt(object, 'status', 'containerStatuses');
	// A pod shows the touch in a cell, so that a bench can see it arrive: one more restart, just now.
	const restarted = first === undefined ? {} : {status: {...recordAt(object, 'status'), containerStatuses: [restartedNow(first, cluster.now()), ...others]}};
	cluster.replace({...object, ...restarted, metadata: {...object.metadata, annotations}});
}

function restartedNow(container: JsonObject, now: number): JsonObject {
	const terminated = {exitCode: 1, reason: 'Error', startedAt: timestamp(now - 1000), finishedAt: timestamp(now)};
	return {...container, restartCount: numberAt(container, 'restartCount') + 1, lastState: {terminated}};
}
