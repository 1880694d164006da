import type {DemoCluster} from '../cluster.ts';
import type {StoredObject} from '../stored-object.ts';

export type EventText = Readonly<{
	type: 'Normal' | 'Warning';
	reason: string;
	message: string;
	/** `kubelet`, `deployment-controller`. */
	component: string;
	/** The node of a kubelet's event. */
	host?: string;
	/** `spec.containers{app}`. */
	fieldPath?: string;
	/** For what happened before the cluster was started: the first and last time and how often. */
	past?: Readonly<{first: number; last: number; count: number}>;
}>;

/** What a controller works with. */
export type Control = Readonly<{
	cluster: DemoCluster;
	/** Runs once after `ms` of the cluster's clock, unless the control plane has ended. */
	after(ms: number, run: () => void): void;
	record(object: StoredObject, event: EventText): void;
}>;
