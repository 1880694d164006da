import type {ClusterView} from '../../check.ts';
import type {KubeObject} from '../../kubernetes.ts';
import {isNodeSource} from './probe-plan.ts';
import type {ProbeSource} from '../cell.ts';

/** On every pod that the probes make; the policy lets no other be created. */
export const debugLabel = 'k8tui.io/debug';
/** Its container, also where it was added to a pod. */
export const debugContainer = 'k8tui-probe';
/** It ends by itself after that, also when the program is gone. */
export const debugSeconds = 120;
/** Another one is given with `--image`. */
export const defaultProbeImage = 'nicolaka/netshoot:v0.13';

/** Where pods are made, unless a setting says otherwise. */
export const defaultProbeNamespace = 'default';

/** What PodSecurity `restricted` asks for; no probe needs more. */
const unprivileged = {
	allowPrivilegeEscalation: false,
	capabilities: {drop: ['ALL']},
	runAsNonRoot: true,
	runAsUser: 65_534,
	seccompProfile: {type: 'RuntimeDefault'},
} as const;

export type DebugPodWish = Readonly<{source: ProbeSource; namespace: string; name: string; session: string; image: string}>;

/** The labels of our pods; `session`: of one run. */
export function debugLabels(session: string): Readonly<Record<string, string>> {
	return {[debugLabel]: session, 'app.kubernetes.io/managed-by': 'k8tui'};
}

/** The pod of the way `pod`: on the node of the source, in its network for the columns C and E. Source: diagnosis.md 4.2 level 3. */
export function debugPod({source, namespace, name, session, image}: DebugPodWish): KubeObject & Readonly<{spec: Readonly<Record<string, unknown>>}> {
	const onHost = isNodeSource(source);
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name, namespace, labels: debugLabels(session)},
		spec: {
			nodeName: source.node,
			...(onHost ? {hostNetwork: true, dnsPolicy: 'Default'} : {}),
			restartPolicy: 'Never',
			activeDeadlineSeconds: debugSeconds,
			terminationGracePeriodSeconds: 1,
			automountServiceAccountToken: false,
			enableServiceLinks: false,
			tolerations: [{operator: 'Exists'}],
			containers: [
				{
					name: debugContainer,
					image,
					imagePullPolicy: 'IfNotPresent',
					command: ['sleep', String(debugSeconds)],
					// No limit of processor time: a throttled tool would measure itself.
					resources: {requests: {cpu: '50m', memory: '64Mi'}, limits: {memory: '128Mi'}},
					securityContext: unprivileged,
				},
			],
		},
	};
}

/** The container of the way `ephemeral`, as the Pod API has it. */
export function ephemeralContainer(name: string, image: string, target: string): Readonly<Record<string, unknown>> {
	return {
		name,
		image,
		imagePullPolicy: 'IfNotPresent',
		command: ['sleep', String(debugSeconds)],
		targetContainerName: target,
		terminationMessagePolicy: 'File',
		securityContext: unprivileged,
	};
}

/** Pods that an earlier run left: `default/k8tui-probe-x7k2p`. */
export function leftoverPods(view: ClusterView): readonly string[] {
	return view.all('pods').flatMap(({metadata}) => (metadata.labels?.[debugLabel] === undefined ? [] : [`${metadata.namespace}/${metadata.name}`]));
}
