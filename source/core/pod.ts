import type {Condition} from './conditions.ts';
import type {KubeObject} from './kubernetes.ts';

/** Quantities by resource, as served. */
export type ResourceAmounts = Readonly<{requests?: Readonly<Record<string, string>>; limits?: Readonly<Record<string, string>>}>;

/** A container as a pod's spec asks for it. */
export type ContainerSpec = Readonly<{
	name: string;
	image?: string;
	/** On an init container, `Always` makes it a sidecar (KEP 753). */
	restartPolicy?: string;
	resources?: ResourceAmounts;
}>;

/** Exactly one of the three is set, or none before the kubelet has looked at it. */
export type ContainerState = Readonly<{
	waiting?: Readonly<{reason?: string; message?: string}>;
	running?: Readonly<{startedAt?: string}>;
	terminated?: Readonly<{exitCode: number; signal?: number; reason?: string; message?: string; startedAt?: string; finishedAt?: string}>;
}>;

export type ContainerStatus = Readonly<{
	name: string;
	ready?: boolean;
	restartCount?: number;
	image?: string;
	started?: boolean;
	/** In force in the container now, and granted by the node: they differ from the spec during a resize (KEP 1287). */
	resources?: ResourceAmounts;
	allocatedResources?: Readonly<Record<string, string>>;
	state?: ContainerState;
	lastState?: ContainerState;
}>;

/** What k8tui reads of a Pod; optional throughout, timestamps as served. */
export type Pod = KubeObject &
	Readonly<{
		spec?: Readonly<{
			nodeName?: string;
			containers?: readonly ContainerSpec[];
			initContainers?: readonly ContainerSpec[];
			ephemeralContainers?: readonly ContainerSpec[];
			/** Of the pod as a whole (KEP 2837). */
			resources?: ResourceAmounts;
			/** What its runtime needs beside the containers. */
			overhead?: Readonly<Record<string, string>>;
		}>;
		status?: Readonly<{
			phase?: string;
			reason?: string;
			message?: string;
			startTime?: string;
			qosClass?: string;
			/** Of a resize, before Kubernetes 1.33. */
			resize?: string;
			conditions?: readonly Condition[];
			containerStatuses?: readonly ContainerStatus[];
			initContainerStatuses?: readonly ContainerStatus[];
			ephemeralContainerStatuses?: readonly ContainerStatus[];
		}>;
	}>;
