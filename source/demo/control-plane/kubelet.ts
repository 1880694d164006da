import {type ContainerProgress, containerStatus, type PodProgress, podStatus} from '../build/pod-status.ts';
import {at, recordAt, recordsAt, textAt} from '../json.ts';
import type {StoredObject} from '../stored-object.ts';
import type {Control, EventText} from './control.ts';
import {backoffMs, type Fate, fateOf} from './fate.ts';
import {isActive, phaseOf} from './owned-pods.ts';
import {addressesFor, readProgress, withFirst} from './pod-progress.ts';

const component = 'kubelet';

/** Runs the pods that are bound to a node: starts them, lets them fail as their fate says, and takes away those that are deleted. */
export class Kubelet {
	readonly #control: Control;
	/** Pods with a step under way, by uid, so that their own status writes do not start another. */
	readonly #busy = new Set<string>();
	readonly #ending = new Set<string>();
	/** Ephemeral containers on their way, by uid and name. */
	readonly #starting = new Set<string>();

	constructor(control: Control) {
		this.#control = control;
	}

	/** Looks at a pod that is new or has changed. */
	observe(pod: StoredObject): void {
		const {uid, deletionTimestamp} = pod.metadata;
		if (textAt(pod, 'spec', 'nodeName') === '') return;
		if (deletionTimestamp !== undefined) {
			if (!this.#ending.has(uid)) this.#end(pod);
			return;
		}
		if (!isActive(pod)) return;
		this.#startEphemeral(pod);
		if (!this.#busy.has(uid)) this.#next(pod);
	}

	/** Forgets a pod that is gone. */
	forget(pod: StoredObject): void {
		this.#busy.delete(pod.metadata.uid);
		this.#ending.delete(pod.metadata.uid);
	}

	/** Does something to a pod later, if it is still the same and wanted. */
	#later(pod: StoredObject, ms: number, step: (current: StoredObject) => void): void {
		const {uid, namespace, name} = pod.metadata;
		this.#busy.add(uid);
		this.#control.after(ms, () => {
			this.#busy.delete(uid);
			const current = this.#control.cluster.get('pods', namespace, name);
			if (current === undefined || current.metadata.uid !== uid || current.metadata.deletionTimestamp !== undefined) return;
			this.#busy.add(uid);
			step(current);
			this.#busy.delete(uid);
			const after = this.#control.cluster.get('pods', namespace, name);
			if (after !== undefined) this.observe(after);
		});
	}

	#write(pod: StoredObject, progress: PodProgress): void {
		const {cluster} = this.#control;
		const current = cluster.get('pods', pod.metadata.namespace, pod.metadata.name) ?? pod;
		cluster.replace({...current, status: podStatus(current, progress)});
	}

	#record(pod: StoredObject, event: Pick<EventText, 'type' | 'reason' | 'message'>): void {
		const [first] = recordsAt(pod, 'spec', 'containers');
		const fieldPath = `spec.containers{${textAt(first, 'name')}}`;
		this.#control.record(pod, {...event, component, host: textAt(pod, 'spec', 'nodeName'), fieldPath});
	}

	/** Starts the containers that somebody has added to a running pod. They stay until it goes. */
	#startEphemeral(pod: StoredObject): void {
		const {namespace, name} = pod.metadata;
		const known = new Set(recordsAt(pod, 'status', 'ephemeralContainerStatuses').map(status => textAt(status, 'name')));
		const missing = recordsAt(pod, 'spec', 'ephemeralContainers').filter(spec => !known.has(textAt(spec, 'name')));
		for (const spec of missing) {
			const key = `${pod.metadata.uid} ${textAt(spec, 'name')}`;
			if (this.#starting.has(key)) continue;
			this.#starting.add(key);
			const {cluster, after} = this.#control;
			after(cluster.random.integer(600, 1200), () => {
				this.#starting.delete(key);
				const current = cluster.get('pods', namespace, name);
				if (current === undefined || current.metadata.uid !== pod.metadata.uid) return;
				const running = containerStatus(current, spec, {state: {is: 'running', startedAt: cluster.now()}, restarts: 0, ready: false});
				const statuses = [...recordsAt(current, 'status', 'ephemeralContainerStatuses'), running];
				cluster.replace({...current, status: {...recordAt(current, 'status'), ephemeralContainerStatuses: statuses}});
			});
		}
	}

	#end(pod: StoredObject): void {
		const {cluster, after, record} = this.#control;
		const {namespace, name, uid} = pod.metadata;
		this.#ending.add(uid);
		const [first] = recordsAt(pod, 'spec', 'containers');
		if (phaseOf(pod) === 'Running') {
			record(pod, {
				type: 'Normal',
				reason: 'Killing',
				message: `Stopping container ${textAt(first, 'name')}`,
				component,
				host: textAt(pod, 'spec', 'nodeName'),
			});
		}
		after(cluster.random.integer(1000, 3000), () => {
			if (cluster.get('pods', namespace, name)?.metadata.uid === uid) cluster.delete('pods', namespace, name, 0);
		});
	}

	#next(pod: StoredObject): void {
		const progress = readProgress(pod);
		const fate = fateOf(pod);
		if (progress === undefined) {
			this.#create(pod);
			return;
		}
		const [first] = progress.containers;
		if (first === undefined) return;
		if (fate.is === 'pull') this.#retryPull(pod, progress, first);
		else if (first.state.is === 'waiting' && first.last === undefined)
			this.#later(pod, this.#control.cluster.random.integer(1000, 3000), current => this.#start(current, progress));
		else if (first.state.is !== 'running') this.#restartAfterBackoff(pod, progress, first);
		else this.#run(pod, progress, {first, fate, startedAt: first.state.startedAt});
	}

	#create(pod: StoredObject): void {
		const {cluster} = this.#control;
		const waiting = (): ContainerProgress => ({state: {is: 'waiting', reason: 'ContainerCreating'}, restarts: 0, ready: false});
		const {hostIP} = addressesFor(cluster, pod);
		const now = cluster.now();
		this.#busy.add(pod.metadata.uid);
		this.#write(pod, {
			phase: 'Pending',
			startedAt: now,
			changedAt: now,
			hostIP,
			podIP: '',
			...(at(pod, 'spec', 'initContainers') === undefined ? {} : {init: recordsAt(pod, 'spec', 'initContainers').map(waiting)}),
			containers: recordsAt(pod, 'spec', 'containers').map(waiting),
		});
		this.#busy.delete(pod.metadata.uid);
		const current = cluster.get('pods', pod.metadata.namespace, pod.metadata.name);
		if (current !== undefined) this.#next(current);
	}

	/** Everything runs; readiness comes with the first probe. */
	#start(pod: StoredObject, progress: PodProgress): void {
		const {cluster} = this.#control;
		const now = cluster.now();
		const {podIP} = addressesFor(cluster, pod);
		const running: ContainerProgress = {state: {is: 'running', startedAt: now}, restarts: 0, ready: false};
		const done: ContainerProgress = {
			state: {is: 'terminated', reason: 'Completed', exitCode: 0, startedAt: now - 1000, finishedAt: now},
			restarts: 0,
			ready: true,
		};
		for (const spec of recordsAt(pod, 'spec', 'containers').slice(0, 1)) {
			const name = textAt(spec, 'name');
			this.#record(pod, {type: 'Normal', reason: 'Pulled', message: `Container image "${textAt(spec, 'image')}" already present on machine`});
			this.#record(pod, {type: 'Normal', reason: 'Created', message: `Created container: ${name}`});
			this.#record(pod, {type: 'Normal', reason: 'Started', message: `Started container ${name}`});
		}
		const init = progress.init === undefined ? {} : {init: progress.init.map(() => done)};
		this.#write(pod, {...progress, ...init, phase: 'Running', podIP, changedAt: now, containers: progress.containers.map(() => running)});
	}

	#run(pod: StoredObject, progress: PodProgress, now: Readonly<{first: ContainerProgress; fate: Fate; startedAt: number}>): void {
		const {cluster} = this.#control;
		const {first, fate, startedAt} = now;
		if (!first.ready && fate.is !== 'unready') {
			this.#later(pod, cluster.random.integer(1500, 3500), current => {
				const ready = progress.containers.map(container => ({...container, ready: container.state.is === 'running'}));
				this.#write(current, {...progress, changedAt: cluster.now(), containers: ready});
			});
		} else if (fate.is === 'crash') {
			const left = Math.max(500, startedAt + fate.afterMs - cluster.now());
			this.#later(pod, left, current => this.#crash(current, progress, {first, fate, startedAt}));
		} else if (fate.is === 'complete') {
			this.#later(pod, Math.max(500, startedAt + fate.afterMs - cluster.now()), current => this.#complete(current, progress));
		}
	}

	#crash(pod: StoredObject, progress: PodProgress, at: Readonly<{first: ContainerProgress; fate: Extract<Fate, {is: 'crash'}>; startedAt: number}>): void {
		const {cluster} = this.#control;
		const {exitCode, reason} = at.fate;
		const now = cluster.now();
		const last = {is: 'terminated', reason, exitCode, startedAt: at.startedAt, finishedAt: now} as const;
		const name = textAt(recordsAt(pod, 'spec', 'containers')[0], 'name');
		// After the first end it starts again at once.
		if (at.first.restarts === 0) {
			this.#write(pod, withFirst(progress, {state: last, restarts: 0, ready: false}, now));
			return;
		}
		const message = `back-off ${backoffMs(at.first.restarts - 1) / 1000}s restarting failed container=${name} pod=${pod.metadata.name}_${pod.metadata.namespace ?? ''}(${pod.metadata.uid})`;
		const first: ContainerProgress = {state: {is: 'waiting', reason: 'CrashLoopBackOff', message}, last, restarts: at.first.restarts, ready: false};
		this.#record(pod, {
			type: 'Warning',
			reason: 'BackOff',
			message: `Back-off restarting failed container ${name} in pod ${pod.metadata.name}_${pod.metadata.namespace ?? ''}(${pod.metadata.uid})`,
		});
		this.#write(pod, withFirst(progress, first, now));
	}

	#restartAfterBackoff(pod: StoredObject, progress: PodProgress, first: ContainerProgress): void {
		const {cluster} = this.#control;
		const last = first.state.is === 'terminated' ? first.state : first.last;
		const endedAt = last?.is === 'terminated' ? last.finishedAt : cluster.now();
		const waitMs = first.restarts === 0 ? 0 : endedAt + backoffMs(first.restarts - 1) - cluster.now();
		this.#later(pod, Math.max(500, waitMs), current => {
			const running: ContainerProgress = {
				...first,
				...(last === undefined ? {} : {last}),
				state: {is: 'running', startedAt: cluster.now()},
				restarts: first.restarts + 1,
			};
			this.#write(current, withFirst(progress, running, cluster.now()));
		});
	}

	#complete(pod: StoredObject, progress: PodProgress): void {
		const finishedAt = this.#control.cluster.now();
		const ended = progress.containers.map((container): ContainerProgress => {
			const startedAt = container.state.is === 'running' ? container.state.startedAt : finishedAt;
			return {...container, ready: false, state: {is: 'terminated', reason: 'Completed', exitCode: 0, startedAt, finishedAt}};
		});
		this.#write(pod, {...progress, phase: 'Succeeded', changedAt: finishedAt, containers: ended});
	}

	/** Turns between the failed try and the waiting for the next one. */
	#retryPull(pod: StoredObject, progress: PodProgress, first: ContainerProgress): void {
		const {cluster} = this.#control;
		const image = textAt(recordsAt(pod, 'spec', 'containers')[0], 'image');
		const isBackingOff = first.state.is === 'waiting' && first.state.reason === 'ErrImagePull';
		this.#later(pod, isBackingOff ? 12_000 : cluster.random.integer(20_000, 60_000), current => {
			const state = isBackingOff
				? ({is: 'waiting', reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}"`} as const)
				: ({is: 'waiting', reason: 'ErrImagePull', message: `failed to pull and unpack image "${image}": not found`} as const);
			this.#record(
				current,
				isBackingOff ? {type: 'Normal', reason: 'BackOff', message: state.message} : {type: 'Warning', reason: 'Failed', message: state.message},
			);
			this.#write(current, withFirst(progress, {...first, state}, cluster.now()));
		});
	}
}
