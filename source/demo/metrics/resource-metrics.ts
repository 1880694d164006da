import type {DemoCluster} from '../cluster.ts';
import {recordsAt, textAt} from '../json.ts';
import type {StoredObject} from '../stored-object.ts';
import {containerUsage, nodeUsage, runningPodsByNode, runningSince} from './usage.ts';

const windowMs = 10_000;

type Family = Readonly<{name: string; help: string; type: 'counter' | 'gauge'; lines: string[]}>;

function family(name: string, type: Family['type'], help: string): Family {
	return {name, type, help: `[STABLE] ${help}`, lines: []};
}

function textOf({name, help, type, lines}: Family): string {
	return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.map(line => `${name}${line}\n`).join('')}`;
}

/** The kubelet's `/metrics/resource`: CPU seconds and working sets of containers, pods and the node, in Prometheus' text form. */
export function resourceMetrics(cluster: DemoCluster, node: StoredObject, now: number): string {
	const moment = now - 3000;
	const cpu = family('container_cpu_usage_seconds_total', 'counter', 'Cumulative cpu time consumed by the container in core-seconds');
	const memory = family('container_memory_working_set_bytes', 'gauge', 'Current working set of the container in bytes');
	const start = family('container_start_time_seconds', 'gauge', 'Start time of the container since unix epoch in seconds');
	const nodeCpu = family('node_cpu_usage_seconds_total', 'counter', 'Cumulative cpu time consumed by the node in core-seconds');
	const nodeMemory = family('node_memory_working_set_bytes', 'gauge', 'Current working set of the node in bytes');
	const pods = runningPodsByNode(cluster).get(node.metadata.name) ?? [];
	for (const pod of pods) {
		for (const container of recordsAt(pod, 'spec', 'containers')) {
			const usage = containerUsage(pod, container, moment, windowMs);
			if (usage === undefined) continue;
			const name = textAt(container, 'name');
			const labels = `{container="${name}",namespace="${pod.metadata.namespace ?? ''}",pod="${pod.metadata.name}"}`;
			cpu.lines.push(`${labels} ${usage.coreNanoSeconds / 1e9} ${moment}`);
			memory.lines.push(`${labels} ${usage.memoryBytes.toExponential()} ${moment}`);
			start.lines.push(`${labels} ${(runningSince(pod, name) ?? moment) / 1000}`);
		}
	}
	const whole = nodeUsage(node, pods, moment, windowMs);
	nodeCpu.lines.push(` ${whole.coreNanoSeconds / 1e9} ${moment}`);
	nodeMemory.lines.push(` ${whole.memoryBytes.toExponential()} ${moment}`);
	const error = family('resource_scrape_error', 'gauge', '1 if there was an error while getting container metrics, 0 otherwise');
	error.lines.push(' 0');
	return [cpu, memory, start, nodeCpu, nodeMemory, error].map(textOf).join('');
}
