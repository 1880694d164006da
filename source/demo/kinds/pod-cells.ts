import {at, type Json, type JsonObject, numberAt, recordsAt, textAt} from '../json.ts';
import type {Cell, Printing} from '../kind.ts';
import type {StoredObject} from '../stored-object.ts';
import {orElse} from './cell-text.ts';

type Progress = {reason: string; restarts: number; ready: number; lastRestart: string};

function isCondition(pod: StoredObject, type: string): boolean {
	return recordsAt(pod, 'status', 'conditions').some(condition => condition['type'] === type && condition['status'] === 'True');
}

function endedText(terminated: Json | undefined): string {
	const reason = textAt(terminated, 'reason');
	if (reason !== '') return reason;
	const signal = numberAt(terminated, 'signal');
	return signal === 0 ? `ExitCode:${numberAt(terminated, 'exitCode')}` : `Signal:${signal}`;
}

function later(one: string, other: string): string {
	return one > other ? one : other;
}

function state(container: JsonObject, name: string): Json | undefined {
	return at(container, 'state', name);
}

/** Why an init container holds the pod up; undefined when it is done or, as a sidecar, started. */
function initReason(container: JsonObject, sidecar: boolean, position: string): string | undefined {
	const terminated = state(container, 'terminated');
	if (terminated !== undefined && numberAt(terminated, 'exitCode') === 0) return undefined;
	if (sidecar && container['started'] === true) return undefined;
	if (terminated !== undefined) return `Init:${endedText(terminated)}`;
	const waiting = textAt(container, 'state', 'waiting', 'reason');
	return waiting !== '' && waiting !== 'PodInitializing' ? `Init:${waiting}` : `Init:${position}`;
}

function initProgress(pod: StoredObject, progress: Progress): Readonly<{waits: boolean; sidecars: Progress}> {
	const specs = recordsAt(pod, 'spec', 'initContainers');
	const sidecarNames = new Set(specs.filter(spec => spec['restartPolicy'] === 'Always').map(spec => spec['name']));
	const sidecars: Progress = {reason: '', restarts: 0, ready: 0, lastRestart: ''};
	for (const [index, container] of recordsAt(pod, 'status', 'initContainerStatuses').entries()) {
		const sidecar = sidecarNames.has(container['name']);
		const finished = textAt(container, 'lastState', 'terminated', 'finishedAt');
		progress.restarts += numberAt(container, 'restartCount');
		progress.lastRestart = later(progress.lastRestart, finished);
		if (sidecar) {
			sidecars.restarts += numberAt(container, 'restartCount');
			sidecars.lastRestart = later(sidecars.lastRestart, finished);
		}
		const reason = initReason(container, sidecar, `${index}/${specs.length}`);
		if (reason !== undefined) {
			progress.reason = reason;
			return {waits: true, sidecars};
		}
		if (sidecar && container['ready'] === true && state(container, 'terminated') === undefined) progress.ready += 1;
	}
	return {waits: false, sidecars};
}

function mainProgress(pod: StoredObject, progress: Progress, sidecars: Progress): void {
	progress.restarts = sidecars.restarts;
	progress.lastRestart = sidecars.lastRestart;
	let hasRunning = false;
	for (const container of recordsAt(pod, 'status', 'containerStatuses').toReversed()) {
		progress.restarts += numberAt(container, 'restartCount');
		progress.lastRestart = later(progress.lastRestart, textAt(container, 'lastState', 'terminated', 'finishedAt'));
		const waiting = textAt(container, 'state', 'waiting', 'reason');
		const terminated = state(container, 'terminated');
		if (waiting !== '') progress.reason = waiting;
		else if (terminated !== undefined) progress.reason = endedText(terminated);
		else if (container['ready'] === true && state(container, 'running') !== undefined) {
			hasRunning = true;
			progress.ready += 1;
		}
	}
	if (progress.reason === 'Completed' && hasRunning) progress.reason = isCondition(pod, 'Ready') ? 'Running' : 'NotReady';
}

function gatesText(pod: StoredObject): string {
	const gates = recordsAt(pod, 'spec', 'readinessGates');
	if (gates.length === 0) return '<none>';
	return `${gates.filter(gate => isCondition(pod, textAt(gate, 'conditionType'))).length}/${gates.length}`;
}

function statusText(pod: StoredObject, reason: string): string {
	if (pod.metadata.deletionTimestamp === undefined) return reason;
	if (textAt(pod, 'status', 'reason') === 'NodeLost') return 'Unknown';
	const phase = textAt(pod, 'status', 'phase');
	return phase === 'Succeeded' || phase === 'Failed' ? reason : 'Terminating';
}

function startReason(pod: StoredObject): string {
	const gated = recordsAt(pod, 'status', 'conditions').some(({type, reason}) => type === 'PodScheduled' && reason === 'SchedulingGated');
	return gated ? 'SchedulingGated' : orElse(textAt(pod, 'status', 'reason'), textAt(pod, 'status', 'phase'));
}

/** The cells of a pod row; the rules are those of kube-apiserver's printPod (v1.34). */
export function podCells(pod: StoredObject, printing: Printing): readonly Cell[] {
	const progress: Progress = {reason: startReason(pod), restarts: 0, ready: 0, lastRestart: ''};
	const sidecarCount = recordsAt(pod, 'spec', 'initContainers').filter(spec => spec['restartPolicy'] === 'Always').length;
	const total = recordsAt(pod, 'spec', 'containers').length + sidecarCount;
	const init = initProgress(pod, progress);
	if (!init.waits || isCondition(pod, 'Initialized')) mainProgress(pod, progress, init.sidecars);
	const ago = progress.restarts !== 0 && progress.lastRestart !== '' ? ` (${printing.since(progress.lastRestart)} ago)` : '';
	return [
		pod.metadata.name,
		`${progress.ready}/${total}`,
		statusText(pod, progress.reason),
		`${progress.restarts}${ago}`,
		printing.since(pod.metadata.creationTimestamp),
		orElse(textAt(recordsAt(pod, 'status', 'podIPs')[0], 'ip'), '<none>'),
		orElse(textAt(pod, 'spec', 'nodeName'), '<none>'),
		orElse(textAt(pod, 'status', 'nominatedNodeName'), '<none>'),
		gatesText(pod),
	];
}
