import type {Consumer, Consumers} from '../../core/overview-model.ts';
import {type MetricsReading, newestSample} from '../../core/top/metrics-reading.ts';
import {milliOf, unitsOf} from '../../core/top/nano.ts';
import type {PodUsage} from '../../core/top/usage.ts';

/** More find no room in one line. */
const most = 6;

/** The pods that use the most; undefined until the metrics API has answered. */
export function consumersOf(reading: MetricsReading): Consumers | undefined {
	if (!reading.asked.pods) return undefined;
	const pods = [...reading.pods.entries()];
	const missing = reading.missing.pods;
	const newest = newestSample(reading, 'pods');
	return {
		cpu: largest(pods, ({cpu}) => (cpu === undefined ? undefined : milliOf(cpu))),
		memory: largest(pods, ({memory}) => (memory === undefined ? undefined : unitsOf(memory))),
		...(missing === undefined ? {} : {missing}),
		...(newest === undefined ? {} : {at: newest.at}),
		...(newest?.windowMs === undefined ? {} : {windowMs: newest.windowMs}),
	};
}

/** A short list kept in order while all pass by: sorting ten thousand for six is not worth it. */
function largest(pods: ReadonlyArray<readonly [string, PodUsage]>, amountOf: (usage: PodUsage) => number | undefined): readonly Consumer[] {
	const best: Consumer[] = [];
	for (const [key, usage] of pods) {
		const value = amountOf(usage);
		const last = best[most - 1];
		if (value === undefined || (last !== undefined && value <= last.value)) continue;
		const [namespace = '', name = ''] = key.split('/');
		const at = best.findIndex(one => one.value < value);
		best.splice(at < 0 ? best.length : at, 0, {namespace, name, value});
		best.length = Math.min(best.length, most);
	}
	return best;
}
