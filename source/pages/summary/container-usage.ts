import {type Span, span} from '../../core/line.ts';
import type {ObjectModel} from '../../core/object-model.ts';
import type {PageSetting} from '../../core/page.ts';
import type {PodContainer} from '../../core/pod-containers.ts';
import {sampledPod} from '../../core/top/metrics-reading.ts';
import {milliOf, parseNano, unitsOf} from '../../core/top/nano.ts';
import {shareOf} from '../../core/top/risk.ts';
import {shareTone, usedCell} from '../top-cells.ts';

/** The cells CPU and MEM/LIMIT of a container. */
export type ContainerUsage = (container: PodContainer) => readonly [cpu: Span, memory: Span];

/** What each container of the pod used last; undefined where nobody looks at metrics. */
export function containerUsage({metrics, ref}: ObjectModel, setting: PageSetting): ContainerUsage | undefined {
	if (metrics === undefined) return undefined;
	const {usage, state} = sampledPod(metrics.reading, ref.namespace, ref.name, {now: setting.now, young: false});
	return ({name, limits, state: word}) => {
		const limitText = limits['memory'];
		const ofLimit = limitText === undefined ? '' : `/${limitText}`;
		if (word !== 'Running') return [span('-'), span(`-${ofLimit}`)];
		const {cpu, memory} = usage?.containers.get(name) ?? {};
		const row = {state, cpu: cpu === undefined ? {} : {used: milliOf(cpu)}, memory: memory === undefined ? {} : {used: unitsOf(memory)}};
		const used = usedCell(row, 'memory');
		const limit = parseNano(limitText ?? '');
		const share = shareOf(row.memory.used, limit === undefined ? undefined : unitsOf(limit));
		return [usedCell(row, 'cpu'), span(`${used.text}${ofLimit}`, share === undefined ? used.tone : (shareTone(share) ?? used.tone))];
	};
}
