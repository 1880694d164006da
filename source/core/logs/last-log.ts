import type {KubeObject} from '../kubernetes.ts';
import type {ContainerStatus, Pod} from '../pod.ts';
import type {Problem} from '../problem.ts';

/** What a container that failed wrote last, the oldest line first. `problem`: it could not be read. */
export type LastLog = Readonly<{
	container: string;
	/** Of the run before the one that waits or runs now. */
	previous: boolean;
	lines: ReadonlyArray<Readonly<{at: number | undefined; text: string}>>;
	problem?: Problem;
}>;

/** A run of a container that failed; another run has another key. */
export type FailedRun = Readonly<{namespace: string; pod: string; container: string; previous: boolean; key: string}>;

/** The run of a pod's containers that failed last, where that container is not well now; undefined: none, or it never ran. */
export function lastFailedRun(object: KubeObject | undefined): FailedRun | undefined {
	if (object?.kind !== 'Pod' || object.apiVersion !== 'v1') return undefined;
	// A v1 Pod.
	const {metadata, status} = object as Pod;
	const {name, namespace} = metadata;
	if (namespace === undefined) return undefined;
	const failed = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].flatMap(container => failedRunOf(container) ?? []);
	const [last] = failed.sort((a, b) => (a.endedAt < b.endedAt ? 1 : -1));
	if (last === undefined) return undefined;
	const {container, previous, endedAt} = last;
	return {namespace, pod: name, container, previous, key: `${metadata.uid ?? `${namespace}/${name}`} ${container} ${endedAt}`};
}

/** A container that waits again keeps its failed run as the one before; so does one that runs again and is not ready yet. */
function failedRunOf({name, ready, state, lastState}: ContainerStatus): Readonly<{container: string; previous: boolean; endedAt: string}> | undefined {
	const ended = state?.terminated ?? (ready === true ? undefined : lastState?.terminated);
	if (ended === undefined || ended.exitCode === 0) return undefined;
	return {container: name, previous: state?.terminated === undefined, endedAt: ended.finishedAt ?? ''};
}
