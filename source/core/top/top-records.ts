import type {TopWish} from '../invocation.ts';
import type {Node} from '../node-state.ts';
import {addAmounts, type Amounts, amountsOf} from './amounts.ts';
import type {MetricsReading} from './metrics-reading.ts';
import {milliOf, unitsOf} from './nano.ts';
import type {PodNumbers} from './pod-numbers.ts';
import type {RecordAmounts, TopRecord} from './top-record.ts';
import {topRows} from './top-rows.ts';
import {topScreenOf} from './top-screen.ts';
import type {PodUsage, Usage} from './usage.ts';

/** What is known beside the samples: nodes, and by `namespace/name` the numbers of pods; undefined where they were not asked for, or are denied. */
export type Around = Readonly<{nodes: readonly Node[]; numbers: ReadonlyMap<string, PodNumbers> | undefined}>;

/** What `k8tui top` prints of these samples, in their order. */
export function topRecords(wish: TopWish, reading: MetricsReading, {nodes, numbers}: Around): readonly TopRecord[] {
	const {level, name} = wish;
	switch (level) {
		case 'nodes':
			return nodeRecords(reading, nodes, numbers).filter(one => name === undefined || one.name === name);
		case 'pods':
		case 'containers': {
			const asked = [...reading.pods].filter(([key]) => name === undefined || key.endsWith(`/${name}`));
			return asked.flatMap(([key, usage]) => podRecords(level, key, usage, numbers?.get(key)));
		}
		case 'workloads':
		case 'namespaces':
			return groupRecords(level, reading, numbers);
	}
}

function nodeRecords({nodes: usages}: MetricsReading, nodes: readonly Node[], numbers: Around['numbers']): readonly TopRecord[] {
	const byNode =
		numbers &&
		Map.groupBy(
			[...numbers.values()].filter(({ended}) => !ended),
			({node}) => node ?? '',
		);
	const sumOf = (name: string, part: 'requests' | 'limits') => ({
		cpu: 0,
		memory: 0,
		...numbersOf(addAmounts(...(byNode?.get(name) ?? []).map(pod => pod[part]))),
	});
	const objects = new Map(nodes.map(node => [node.metadata.name, node]));
	return [...new Set([...usages.keys(), ...objects.keys()])].map(name => {
		const status = objects.get(name)?.status;
		return {
			level: 'nodes',
			name,
			...sampleOf(usages.get(name)),
			...(byNode === undefined ? {} : {requests: sumOf(name, 'requests'), limits: sumOf(name, 'limits')}),
			...(status?.allocatable === undefined ? {} : {allocatable: numbersOf(amountsOf(status.allocatable))}),
			...(status?.capacity === undefined ? {} : {capacity: numbersOf(amountsOf(status.capacity))}),
		};
	});
}

function podRecords(level: 'pods' | 'containers', key: string, usage: PodUsage, pod: PodNumbers | undefined): readonly TopRecord[] {
	const [namespace = '', name = ''] = key.split('/');
	const who = {level, namespace, name};
	if (level === 'pods') {
		const limits = pod && {
			...(pod.unlimited.cpu || pod.limits.cpu === undefined ? {} : {cpu: pod.limits.cpu}),
			...(pod.unlimited.memory || pod.limits.memory === undefined ? {} : {memory: pod.limits.memory}),
		};
		return [
			{
				...who,
				...sampleOf(usage),
				...(pod === undefined ? {} : {requests: numbersOf(pod.requests)}),
				...(limits === undefined ? {} : {limits: numbersOf(limits)}),
			},
		];
	}
	return [...usage.containers].map(([container, amounts]) => {
		const own = pod?.containers.find(one => one.name === container);
		return {
			...who,
			container,
			...sampleOf({...amounts, at: usage.at, source: usage.source}),
			...(own === undefined ? {} : {requests: numbersOf(own.requests), limits: numbersOf(own.limits)}),
		};
	});
}

function groupRecords(level: 'workloads' | 'namespaces', reading: MetricsReading, numbers: Around['numbers']): readonly TopRecord[] {
	const newest = [...reading.pods.values()].reduce<Usage | undefined>((last, usage) => (last === undefined || usage.at > last.at ? usage : last), undefined);
	const rows = topRows({view: topScreenOf({level, sort: 'name', descending: false}), reading, numbers, nodes: [], now: newest?.at ?? 0});
	return rows.map(row => {
		const amounts = (of: 'used' | 'requested' | 'limit'): RecordAmounts => ({
			...(row.cpu[of] === undefined ? {} : {cpu: row.cpu[of]}),
			...(row.memory[of] === undefined ? {} : {memory: row.memory[of]}),
		});
		return {
			level,
			name: row.name,
			...(row.namespace === undefined || level === 'namespaces' ? {} : {namespace: row.namespace}),
			...(row.of === undefined ? {} : {kind: row.of}),
			pods: row.pods ?? 0,
			used: amounts('used'),
			...(newest === undefined ? {} : {source: newest.source, at: newest.at}),
			requests: amounts('requested'),
			limits: amounts('limit'),
		};
	});
}

function sampleOf(usage: (Amounts & Pick<Usage, 'at' | 'source'>) | undefined): Pick<TopRecord, 'used' | 'source' | 'at'> {
	return usage === undefined ? {used: {}} : {used: numbersOf(usage), source: usage.source, at: usage.at};
}

function numbersOf({cpu, memory}: Amounts): RecordAmounts {
	return {...(cpu === undefined ? {} : {cpu: milliOf(cpu)}), ...(memory === undefined ? {} : {memory: unitsOf(memory)})};
}
