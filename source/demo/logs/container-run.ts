import {at, numberAt, recordsAt, textAt, type Json, type JsonObject} from '../json.ts';
import {badRequest} from '../status-error.ts';
import type {StoredObject} from '../stored-object.ts';

/** One life of a container, from its start to its end: what one log file is about. */
export type ContainerRun = Readonly<{
	pod: StoredObject;
	container: JsonObject;
	name: string;
	/** `containerd://…`: another one for each run. */
	id: string;
	restart: number;
	startedAt: number;
	/** Missing while it runs. */
	endedAt?: number;
	exitCode?: number;
	reason?: string;
}>;

function specsOf(pod: StoredObject): readonly JsonObject[] {
	return ['containers', 'initContainers', 'ephemeralContainers'].flatMap(field => recordsAt(pod, 'spec', field));
}

function statusesOf(pod: StoredObject): readonly JsonObject[] {
	return ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses'].flatMap(field => recordsAt(pod, 'status', field));
}

function namesOf(pod: StoredObject, field: string): string {
	return recordsAt(pod, 'spec', field)
		.map(container => textAt(container, 'name'))
		.join(' ');
}

/** The container that a request means. Throws 400 in the words of pkg/registry/core/pod (validateContainer). */
export function chosenContainer(pod: StoredObject, wanted: string): JsonObject {
	if (wanted !== '') {
		const found = specsOf(pod).find(container => textAt(container, 'name') === wanted);
		if (found === undefined) throw badRequest(`container ${wanted} is not valid for pod ${pod.metadata.name}`);
		return found;
	}
	const [only, ...others] = recordsAt(pod, 'spec', 'containers');
	if (only !== undefined && others.length === 0) return only;
	const init = namesOf(pod, 'initContainers');
	const more = init === '' ? '' : ` or one of the init containers: [${init}]`;
	throw badRequest(`a container name must be specified for pod ${pod.metadata.name}, choose one of: [${namesOf(pod, 'containers')}]${more}`);
}

/** The status of a container, by name; undefined before the kubelet has seen it. */
export function statusOf(pod: StoredObject, name: string): JsonObject | undefined {
	return statusesOf(pod).find(status => textAt(status, 'name') === name);
}

function terminatedRun(base: Pick<ContainerRun, 'pod' | 'container' | 'name'>, state: Json | undefined, restart: number): ContainerRun | undefined {
	const ended = at(state, 'terminated');
	if (ended === undefined || textAt(ended, 'containerID') === '') return undefined;
	return {
		...base,
		restart,
		id: textAt(ended, 'containerID'),
		startedAt: Date.parse(textAt(ended, 'startedAt')),
		endedAt: Date.parse(textAt(ended, 'finishedAt')),
		exitCode: numberAt(ended, 'exitCode'),
		reason: textAt(ended, 'reason'),
	};
}

function waitingText(reason: string): string {
	switch (reason) {
		case 'ErrImagePull':
			return "image can't be pulled";
		case 'ImagePullBackOff':
			return 'trying and failing to pull image';
		default:
			return reason;
	}
}

/** The run whose log is asked for. Throws 400 in the kubelet's words (pkg/kubelet/kubelet_pods.go, validateContainerLogStatus). */
export function chosenRun(pod: StoredObject, container: JsonObject, previous: boolean): ContainerRun {
	const name = textAt(container, 'name');
	const quoted = `container ${JSON.stringify(name)} in pod ${JSON.stringify(pod.metadata.name)}`;
	const status = statusOf(pod, name);
	if (status === undefined) throw badRequest(`container ${JSON.stringify(name)} in pod ${JSON.stringify(pod.metadata.name)} is not available`);
	const base = {pod, container, name};
	const restart = numberAt(status, 'restartCount');
	const isRunning = at(status, 'state', 'running') !== undefined;
	const last = terminatedRun(base, at(status, 'lastState'), isRunning ? restart - 1 : restart);
	if (previous) {
		if (last === undefined) throw badRequest(`previous terminated ${quoted} not found`);
		return last;
	}
	if (isRunning) return {...base, restart, id: textAt(status, 'containerID'), startedAt: Date.parse(textAt(status, 'state', 'running', 'startedAt'))};
	const run = terminatedRun(base, at(status, 'state'), restart) ?? last;
	if (run !== undefined) return run;
	if (at(status, 'state', 'terminated') !== undefined) throw badRequest(`${quoted} is terminated`);
	throw badRequest(`${quoted} is waiting to start: ${waitingText(textAt(status, 'state', 'waiting', 'reason'))}`);
}
