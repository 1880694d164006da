import {fieldAt, fieldsOf, listAt, textAt, timeAt} from '../../core/field.ts';
import type {Ref} from '../../core/kubernetes.ts';
import {span} from '../../core/line.ts';
import {logsScreen, logTargetOf} from '../../core/logs/logs-start.ts';
import type {PageSetting} from '../../core/page.ts';
import type {Pod} from '../../core/pod.ts';
import {type PodContainer, podContainers} from '../../core/pod-containers.ts';
import {gravity} from '../../core/tone.ts';
import {still, timeText} from '../fit.ts';
import {type ContainerUsage, containerUsage} from './container-usage.ts';
import {type Block, fact, relatedAs, type Summarize} from './summary.ts';
import {tableBlock} from './table-block.ts';

/** Of a pod: where it runs and as whom, its containers with their state, its volumes. */
export const summarizePod: Summarize = ({object, model, setting}) => {
	// The registry calls this for v1 Pods only.
	const containers = podContainers(object as Pod);
	const node = textAt(object, 'spec', 'nodeName');
	const account = textAt(object, 'spec', 'serviceAccountName');
	const ips = listAt(object, 'status', 'podIPs').map(ip => textAt(ip, 'ip'));
	const nodeText = [node, textAt(object, 'status', 'hostIP')].filter(part => part !== undefined).join(' ');
	return {
		why: containers
			.filter(isAtFault)
			.sort((a, b) => gravity(b.tone) - gravity(a.tone))
			.map(container => containerWhy(container, setting)),
		facts: [
			...fact('Node', nodeText, {target: relatedAs(model, 'node')}),
			...fact('Pod IP', ips.join(' ') || textAt(object, 'status', 'podIP')),
			...fact('QoS', textAt(object, 'status', 'qosClass')),
			...fact('SA', account, {target: relatedAs(model, 'service account')}),
			...fact('Start', timeText(timeAt(object, 'status', 'startTime'), setting)),
			...fact('Priority', [textAt(object, 'spec', 'priority'), textAt(object, 'spec', 'priorityClassName')].filter(part => part !== undefined).join(' ')),
			...fact('DNS', textAt(object, 'spec', 'dnsPolicy')),
			...fact('Restart', textAt(object, 'spec', 'restartPolicy')),
			...fact('Phase', [textAt(object, 'status', 'phase'), textAt(object, 'status', 'reason')].filter(part => part !== undefined).join(' ')),
		],
		blocks: [...containersBlock(containers, model.ref, setting, containerUsage(model, setting)), ...volumesBlock(object)],
	};
};

function isAtFault({tone}: PodContainer): boolean {
	return tone === 'error' || tone === 'warning';
}

function containerWhy(container: PodContainer, setting: PageSetting): string {
	const {name, state, message, last, lastAt, restarts} = container;
	const ran = last === undefined ? '' : `, last run ${last}${lastAt === undefined ? '' : ` ${timeText(lastAt, setting)} ago`}`;
	const unready = state === 'Running' ? ' but not ready' : '';
	const times = restarts === 0 ? '' : `, ${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`;
	return `container ${name} ${state}${unready}${ran}${times}${message === undefined ? '' : `: ${message}`}`;
}

/** The containers of a pod as a table: application first, then sidecars, init and ephemeral ones. Enter opens a container's log. */
export function containersBlock(containers: readonly PodContainer[], pod: Ref, setting: PageSetting, usage?: ContainerUsage): readonly Block[] {
	const target = logTargetOf('pods', pod);
	const rows = containers.map(container => {
		const {name, role, tone, state, since, last, lastAt, ready, restarts, image} = container;
		const waits = role === 'init' || role === 'ephemeral';
		const word = role === 'app' ? state : `${state} (${role})`;
		return {
			tone,
			id: `container:${role}:${name}`,
			copy: image,
			...(target === undefined ? {} : {enter: [{type: 'open', screen: logsScreen(target, {container: name})}] as const}),
			cells: [
				span(name),
				span(since === undefined ? word : `${word} ${timeText(since, setting)}`, tone),
				span(last === undefined ? '-' : `${last}${lastAt === undefined ? '' : ` ${timeText(lastAt, setting)}`}`),
				waits ? span('-') : span(ready ? 'yes' : 'no', ready ? 'text' : 'warning'),
				span(String(restarts)),
				...(usage?.(container) ?? []),
				span(amounts(container, 'cpu')),
				span(amounts(container, 'memory')),
				span(image),
			],
		};
	});
	const specs = [
		{title: 'CONTAINER', min: 10, ideal: 20, cut: 'middle'},
		{title: 'STATE', min: 16},
		{title: 'LAST', min: 6, ideal: 14, drop: 3},
		{title: 'READY', drop: 1},
		{title: 'RESTARTS', align: 'end', drop: 2},
		...(usage === undefined
			? []
			: ([
					{title: 'CPU', align: 'end', drop: 2},
					{title: 'MEM/LIMIT', align: 'end', drop: 1},
				] as const)),
		{title: 'CPU R/L', drop: 5},
		{title: 'MEM R/L', drop: 6},
		{title: 'IMAGE', min: 20, cut: 'front', drop: 7},
	] as const;
	return tableBlock(specs, rows, setting);
}

/** Requested and limit, as the spec has them: `500m/1`. */
function amounts({requests, limits}: PodContainer, resource: string): string {
	const [request, limit] = [requests[resource], limits[resource]];
	return request === undefined && limit === undefined ? '-' : `${request ?? '-'}/${limit ?? '-'}`;
}

function volumesBlock(object: unknown): readonly Block[] {
	const lines = listAt(object, 'spec', 'volumes').map(volume => {
		const [type = '', source] = Object.entries(fieldsOf(volume)).find(([key]) => key !== 'name') ?? [];
		const from = textAt(source, 'secretName') ?? textAt(source, 'name') ?? textAt(source, 'claimName') ?? textAt(source, 'path') ?? textAt(source, 'driver');
		return still(`  ${textAt(volume, 'name') ?? ''}  `, span(`${type}${from === undefined ? '' : ` ${from}`}`, 'muted'));
	});
	return lines.length === 0 ? [] : [{title: 'VOLUMES', lines}];
}

/** The containers that a workload's pods will have: name, image, what they ask for. */
export function templateBlock(podSpec: unknown, setting: PageSetting): readonly Block[] {
	const rows = [...listAt(podSpec, 'containers'), ...listAt(podSpec, 'initContainers')].map(container => {
		const image = textAt(container, 'image') ?? '';
		const of = (resource: string): string => {
			const [request, limit] = ['requests', 'limits'].map(kind => textAt(container, 'resources', kind, resource));
			return request === undefined && limit === undefined ? '-' : `${request ?? '-'}/${limit ?? '-'}`;
		};
		const ports = listAt(container, 'ports')
			.map(port => textAt(port, 'containerPort') ?? '')
			.join(',');
		return {
			id: `container:${textAt(container, 'name') ?? ''}`,
			copy: image,
			cells: [span(textAt(container, 'name') ?? ''), span(ports || '-'), span(of('cpu')), span(of('memory')), span(image)],
		};
	});
	const specs = [
		{title: 'CONTAINER', min: 10, cut: 'middle'},
		{title: 'PORTS', min: 5, drop: 1},
		{title: 'CPU R/L', drop: 2},
		{title: 'MEM R/L', drop: 3},
		{title: 'IMAGE', min: 14, cut: 'front'},
	] as const;
	return fieldAt(podSpec, 'containers') === undefined ? [] : tableBlock(specs, rows, setting);
}
