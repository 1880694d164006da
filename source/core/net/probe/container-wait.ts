import {listAt, textAt} from '../../field.ts';
import type {KubeObject} from '../../kubernetes.ts';

export type ContainerWait = Readonly<{state: 'running'} | {state: 'waiting'; why: string} | {state: 'failed'; why: string}>;

/** These do not go away by themselves within the time of a probe. */
const hopeless =
	/^(?:ErrImagePull|ImagePullBackOff|ErrImageNeverPull|InvalidImageName|RegistryUnavailable|CreateContainerError|CreateContainerConfigError|RunContainerError|CrashLoopBackOff)$/;

/** Whether the container of a debug pod, or an ephemeral one, runs by now; the kubelet's own words where it never will. */
export function containerWait(pod: KubeObject, container: string): ContainerWait {
	const statuses = [...listAt(pod, 'status', 'containerStatuses'), ...listAt(pod, 'status', 'ephemeralContainerStatuses')];
	const status = statuses.find(one => textAt(one, 'name') === container);
	if (textAt(status, 'state', 'running', 'startedAt') !== undefined) return {state: 'running'};
	const reason = textAt(status, 'state', 'waiting', 'reason');
	const message = textAt(status, 'state', 'waiting', 'message');
	if (reason !== undefined && hopeless.test(reason)) return {state: 'failed', why: message === undefined ? reason : `${reason}: ${message}`};
	const ended = textAt(status, 'state', 'terminated', 'reason');
	if (ended !== undefined) return {state: 'failed', why: textAt(status, 'state', 'terminated', 'message') ?? `it ended at once: ${ended}`};
	const phase = textAt(pod, 'status', 'phase');
	if (phase === 'Failed' || phase === 'Succeeded')
		return {state: 'failed', why: textAt(pod, 'status', 'message') ?? textAt(pod, 'status', 'reason') ?? `the pod is ${phase}`};
	return {state: 'waiting', why: reason ?? phase ?? 'nothing is known of it yet'};
}
