import type {Pod} from '../pod.ts';
import {textAt} from '../field.ts';
import {podRuns} from './pod-runs.ts';

/** Which containers of a pod are read. `default`: the one that kubectl takes. */
export type ContainerChoice = Readonly<{type: 'all'} | {type: 'default'} | {type: 'named'; name: string}>;

/** The annotation by which a pod names the container that matters (kubectl pkg/cmd/util/podcmd). */
const defaultAnnotation = 'kubectl.kubernetes.io/default-container';

/** Names of the chosen containers, in the order of the pod; empty where there is none of that name. */
export function chosenContainers(pod: Pod, choice: ContainerChoice): readonly string[] {
	const names = podRuns(pod).map(run => run.name);
	if (choice.type === 'all') return names;
	if (choice.type === 'named') return names.filter(name => name === choice.name);
	const annotated = textAt(pod, 'metadata', 'annotations', defaultAnnotation);
	const chosen = names.find(name => name === annotated) ?? pod.spec?.containers?.[0]?.name;
	return chosen === undefined ? [] : [chosen];
}
