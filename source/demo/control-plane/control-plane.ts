import type {DemoCluster} from '../cluster.ts';
import {at, textAt} from '../json.ts';
import type {DemoKind} from '../kind.ts';
import type {Change} from '../resource-store.ts';
import {qualified} from '../status-error.ts';
import {controllerOf, type StoredObject} from '../stored-object.ts';
import type {Control} from './control.ts';
import {reconcileCronJob} from './cron-jobs.ts';
import {reconcileDaemonSet} from './daemon-sets.ts';
import {reconcileDeployment} from './deployments.ts';
import {reconcileEndpoints} from './endpoint-slices.ts';
import {expireEvents, recordEvent} from './event-recorder.ts';
import {collectGarbage} from './garbage-collector.ts';
import {reconcileJob} from './jobs.ts';
import {Kubelet} from './kubelet.ts';
import {renewLeases, reportNodes} from './node-heartbeats.ts';
import {isActive} from './owned-pods.ts';
import {reconcileReplicaSet} from './replica-sets.ts';
import {schedulePod} from './scheduler.ts';
import {reconcileStatefulSet} from './stateful-sets.ts';

type Reconcile = (control: Control, object: StoredObject) => void;

/** What brings an object of a kind to what its spec wants. */
const reconcilers: Readonly<Record<string, Reconcile>> = {
	'deployments.apps': (control, object) => reconcileDeployment(control, object, {createdAt: control.cluster.now(), changedAt: control.cluster.now()}),
	'replicasets.apps': (control, object) => reconcileReplicaSet(control, object, control.cluster.now()),
	'statefulsets.apps': (control, object) => reconcileStatefulSet(control, object),
	'daemonsets.apps': (control, object) => reconcileDaemonSet(control, object, control.cluster.now()),
	'jobs.batch': reconcileJob,
	services: ({cluster}, object) => reconcileEndpoints(cluster, object),
};

const pluralOfKind: Readonly<Record<string, string>> = {
	Deployment: 'deployments.apps',
	ReplicaSet: 'replicasets.apps',
	StatefulSet: 'statefulsets.apps',
	DaemonSet: 'daemonsets.apps',
	Job: 'jobs.batch',
};

/** How long the controllers take to notice a change. */
const reactionMs = 40;

class ControlPlane {
	readonly #cluster: DemoCluster;
	readonly #control: Control;
	readonly #kubelet: Kubelet;
	readonly #timers = new Set<Disposable>();
	readonly #dirty = new Map<string, Readonly<{plural: string; namespace: string | undefined; name: string}>>();
	#isScheduled = false;
	#isOver = false;

	constructor(cluster: DemoCluster) {
		this.#cluster = cluster;
		this.#control = {cluster, after: (ms, run) => this.#after(ms, run), record: (object, event) => recordEvent(cluster, object, event)};
		this.#kubelet = new Kubelet(this.#control);
	}

	start(): Disposable {
		const cluster = this.#cluster;
		cluster.hasKubelets = true;
		const listening = cluster.listen((kind, change) => this.#changed(kind, change));
		for (const pod of cluster.list('pods')) this.#podChanged(pod);
		this.#every(10_000, () => renewLeases(cluster));
		this.#every(300_000, () => reportNodes(cluster));
		this.#every(60_000, () => expireEvents(cluster));
		this.#everyMinute();
		return {
			[Symbol.dispose]: () => {
				this.#isOver = true;
				cluster.hasKubelets = false;
				listening[Symbol.dispose]();
				for (const timer of this.#timers) timer[Symbol.dispose]();
			},
		};
	}

	#after(ms: number, run: () => void): void {
		if (this.#isOver) return;
		const timer = this.#cluster.clock.after(ms, () => {
			this.#timers.delete(timer);
			if (!this.#isOver) run();
		});
		this.#timers.add(timer);
	}

	#every(ms: number, run: () => void): void {
		this.#after(ms, () => {
			run();
			this.#every(ms, run);
		});
	}

	#everyMinute(): void {
		const minute = Math.floor(this.#cluster.now() / 60_000) + 1;
		this.#after(minute * 60_000 - this.#cluster.now(), () => {
			for (const cronJob of this.#cluster.list('cronjobs.batch')) reconcileCronJob(this.#control, cronJob, minute);
			this.#everyMinute();
		});
	}

	#changed(kind: DemoKind, change: Change): void {
		const {object} = change.entry;
		const plural = qualified(kind);
		if (plural === 'pods') {
			if (change.type === 'DELETED') this.#kubelet.forget(object);
			else this.#podChanged(object);
			this.#markServices(object);
		}
		if (plural === 'nodes' && change.type !== 'MODIFIED')
			for (const daemonSet of this.#cluster.list('daemonsets.apps')) this.#mark('daemonsets.apps', daemonSet);
		const owner = controllerOf(object);
		const ownerPlural = owner === undefined ? undefined : pluralOfKind[owner.kind];
		if (owner !== undefined && ownerPlural !== undefined) this.#mark(ownerPlural, {metadata: {...object.metadata, name: owner.name}});
		if (change.type === 'DELETED') {
			if (reconcilers[plural] !== undefined || plural === 'cronjobs.batch') collectGarbage(this.#cluster, object);
		} else if (reconcilers[plural] !== undefined) this.#mark(plural, object);
	}

	#podChanged(pod: StoredObject): void {
		if (isActive(pod) && textAt(pod, 'spec', 'nodeName') === '' && at(pod, 'status', 'conditions') === undefined) this.#mark('pods', pod);
		else this.#kubelet.observe(pod);
	}

	#markServices(pod: StoredObject): void {
		for (const service of this.#cluster.list('services', pod.metadata.namespace)) this.#mark('services', service);
	}

	#mark(plural: string, {metadata: {namespace, name}}: Pick<StoredObject, 'metadata'>): void {
		this.#dirty.set(`${plural} ${namespace ?? ''}/${name}`, {plural, namespace, name});
		if (this.#isScheduled) return;
		this.#isScheduled = true;
		this.#after(reactionMs, () => this.#reconcile());
	}

	#reconcile(): void {
		this.#isScheduled = false;
		const due = [...this.#dirty.values()];
		this.#dirty.clear();
		for (const {plural, namespace, name} of due) {
			const object = this.#cluster.get(plural, namespace, name);
			if (object === undefined || object.metadata.deletionTimestamp !== undefined) continue;
			if (plural === 'pods') schedulePod(this.#control, object);
			else reconcilers[plural]?.(this.#control, object);
		}
	}
}

/** Lets a cluster live: controllers, scheduler, kubelets, heartbeats. Ends when disposed; all time is the cluster's clock. */
export function startControlPlane(cluster: DemoCluster): Disposable {
	return new ControlPlane(cluster).start();
}
