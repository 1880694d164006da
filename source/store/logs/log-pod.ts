import type {Item} from '../../core/kubernetes.ts';
import {type ContainerRun, podRuns} from '../../core/logs/pod-runs.ts';
import type {Pod} from '../../core/pod.ts';
import {problemOf} from '../../core/problem.ts';
import type {ResourceType} from '../../core/resource-type.ts';
import {compareResourceVersions} from '../../core/resource-version.ts';
import type {LogsClient} from './logs-options.ts';

export type PodAnswer = 'there' | 'gone' | 'unknown';

/** A pod whose logs are read, as the newest answer of the server has it. */
export class LogPod {
	readonly namespace: string;
	readonly name: string;
	readonly uid: string | undefined;
	/** It was there when reading began. */
	readonly isFirst: boolean;
	#pod: Pod;
	#runs: readonly ContainerRun[];
	#gone: 'deleted' | 'left' | undefined;
	#asking: Promise<PodAnswer> | undefined;

	constructor(pod: Pod, isFirst: boolean) {
		this.namespace = pod.metadata.namespace ?? '';
		this.name = pod.metadata.name;
		this.uid = pod.metadata.uid;
		this.isFirst = isFirst;
		this.#pod = pod;
		this.#runs = podRuns(pod);
	}

	get pod(): Pod {
		return this.#pod;
	}
	get isGone(): boolean {
		return this.#gone !== undefined;
	}
	/** `left`: it is there, and no longer selected. */
	get goneHow(): 'deleted' | 'left' | undefined {
		return this.#gone;
	}
	get node(): string | undefined {
		return this.#pod.spec?.nodeName;
	}

	run(container: string): ContainerRun | undefined {
		return this.#gone ? undefined : this.#runs.find(({name}) => name === container);
	}

	/** true when it is news. */
	take(pod: Pod): boolean {
		const order = compareResourceVersions(pod.metadata.resourceVersion, this.#pod.metadata.resourceVersion);
		if (pod === this.#pod || (order !== undefined && order <= 0)) return false;
		this.#pod = pod;
		this.#runs = podRuns(pod);
		return true;
	}

	gone(how: 'deleted' | 'left'): void {
		this.#gone ??= how;
	}

	/** Asks the server; several who ask at a time share one request. Without an answer it stays as it was. */
	refresh(client: Pick<LogsClient, 'get'>, type: ResourceType, signal: AbortSignal): Promise<PodAnswer> {
		this.#asking ??= this.#ask(client, type, signal).finally(() => {
			this.#asking = undefined;
		});
		return this.#asking;
	}

	async #ask(client: Pick<LogsClient, 'get'>, type: ResourceType, signal: AbortSignal): Promise<PodAnswer> {
		try {
			const pod = await client.get(type, this.namespace, this.name, {managedFields: false}, signal);
			// Of the same name, but another pod: this one was deleted.
			if (this.uid === undefined || pod.metadata.uid === undefined || pod.metadata.uid === this.uid) {
				this.take(podShape(pod));
				return 'there';
			}
		} catch (error) {
			if (problemOf(error, 'Could not read the pod').code !== 'not-found') return 'unknown';
		}
		this.gone('deleted');
		return 'gone';
	}
}

/** The whole pod of an item of the kind pods; undefined where the watch brings names only. */
export function podOf(item: Item): Pod | undefined {
	return item.object === undefined ? undefined : podShape(item.object);
}

/** What the API serves as a Pod gets its type here; every field is read as optional. */
export function podShape(object: object): Pod {
	return object as Pod;
}
