import {textAt} from '../../field.ts';
import type {KubeObject} from '../../kubernetes.ts';

/** The name of what a pod belongs to, as its reader knows it: the Deployment, StatefulSet, DaemonSet or CronJob; a pod of its own has its own name. */
export function workloadName(pod: KubeObject): string {
	const {name, labels = {}, ownerReferences = []} = pod.metadata;
	const owner = ownerReferences.find(({controller}) => controller === true) ?? ownerReferences[0];
	if (!owner) return name;
	const hash = labels['pod-template-hash'];
	if (owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(`-${hash}`)) return owner.name.slice(0, -hash.length - 1);
	// A CronJob names its Jobs by the minute they are for.
	if (owner.kind === 'Job') return owner.name.replace(/-\d{8,}$/, '');
	// A static pod is named for its node.
	if (owner.kind === 'Node') return name.replace(new RegExp(`-${escaped(textAt(pod, 'spec', 'nodeName') ?? owner.name)}$`), '');
	return owner.name;
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
