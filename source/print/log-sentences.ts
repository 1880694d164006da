import {chosenContainers, type ContainerChoice} from '../core/logs/container-choice.ts';
import {podRuns} from '../core/logs/pod-runs.ts';
import type {LogTarget} from '../core/logs/log-target.ts';
import type {LogsWish} from '../core/invocation.ts';
import type {Pod} from '../core/pod.ts';

/** Which containers a command line means: kubectl's rules. */
export function choiceOf({container, allContainers}: Pick<LogsWish, 'container' | 'allContainers'>): ContainerChoice {
	if (container !== undefined) return {type: 'named', name: container};
	return {type: allContainers ? 'all' : 'default'};
}

/** `Reading container web of web, proxy, setup (init); ...` where one of several was taken; undefined where nothing was left out. */
export function defaultedNote(pods: readonly Pod[], choice: ContainerChoice): string | undefined {
	if (choice.type !== 'default') return undefined;
	const pod = pods.find(one => podRuns(one).length > 1);
	const [chosen] = pod === undefined ? [] : chosenContainers(pod, choice);
	if (pod === undefined || chosen === undefined) return undefined;
	return `Reading container ${chosen} of ${containerList(pod)}; name another with -c, or read all of them with --all-containers.`;
}

/** No pod has the container that was named. */
export function noContainerSentence(pods: readonly Pod[], name: string): string {
	const [pod] = pods;
	if (pod === undefined) return `No pod has a container ${name}.`;
	const {name: first} = pod.metadata;
	if (pods.length === 1) return `Pod ${first} has no container ${name}; it has ${containerList(pod)}.`;
	return `None of the ${pods.length} pods has a container ${name}; pod ${first} has ${containerList(pod)}.`;
}

/** `There is no pod web-1 in namespace shop.` */
export function noObjectSentence(target: LogTarget): string {
	if (target.type === 'node') return `There is no node ${target.node}.`;
	if (target.type === 'selector') return noPodsSentence(target);
	const {namespace, name} = target;
	return `There is no ${target.type === 'pod' ? `pod ${name}` : `${target.kind}/${name}`} in namespace ${namespace}.`;
}

/** The target is there and has no pods now. */
export function noPodsSentence(target: LogTarget): string {
	if (target.type === 'selector')
		return `No pod has the labels ${target.labelSelector} in ${target.namespace === undefined ? 'any namespace' : `namespace ${target.namespace}`}.`;
	if (target.type === 'owner') return `${target.kind}/${target.name} has no pods now.`;
	return 'There are no pods.';
}

function containerList(pod: Pod): string {
	return podRuns(pod)
		.map(({name, kind}) => (kind === 'container' ? name : `${name} (${kind})`))
		.join(', ');
}
