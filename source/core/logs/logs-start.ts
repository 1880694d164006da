import type {Ref} from '../kubernetes.ts';
import type {LogsScreen} from '../screen.ts';
import type {LogTarget} from './log-target.ts';

/** Kinds whose pods' logs are read together: what owns pods, and what selects them. */
const owners = new Set([
	'deployments.apps',
	'statefulsets.apps',
	'daemonsets.apps',
	'replicasets.apps',
	'replicationcontrollers',
	'jobs.batch',
	'cronjobs.batch',
	'services',
]);

/** The logs of an object: a pod's own, those of the pods of an owner or Service, a node's kubelet. undefined: the kind has none. */
export function logTargetOf(kind: string, ref: Ref): LogTarget | undefined {
	if (kind === 'nodes') return {type: 'node', node: ref.name, service: 'kubelet'};
	if (ref.namespace === undefined) return undefined;
	if (kind === 'pods') return {type: 'pod', namespace: ref.namespace, name: ref.name};
	return owners.has(kind) ? {type: 'owner', kind, namespace: ref.namespace, name: ref.name} : undefined;
}

/** Has this kind logs? */
export function hasLogs(kind: string): boolean {
	return kind === 'nodes' || kind === 'pods' || owners.has(kind);
}

/** A log view as it is first seen: the newest lines, with events, the end followed, long lines wrapped. */
export function logsScreen(target: LogTarget, options: Partial<Omit<LogsScreen, 'type' | 'target'>> = {}): LogsScreen {
	return {
		type: 'logs',
		target,
		previous: false,
		range: 'tail',
		events: true,
		follow: true,
		wrap: true,
		stamps: 'time',
		fields: 'folded',
		filters: [],
		context: 0,
		marks: [],
		clearedBefore: 0,
		fold: true,
		pausedAt: 0,
		left: 0,
		top: 0,
		fullScreen: false,
		podColours: true,
		...options,
	};
}
