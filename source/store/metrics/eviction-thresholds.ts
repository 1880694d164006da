import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import {defaultEviction, type EvictionThreshold, evictionThreshold} from '../../core/top/eviction.ts';
import {jsonWithin} from './json-within.ts';

const answerWithinMs = 5000;

/** When kubelets evict, asked once of each that somebody looks at. */
export class EvictionThresholds {
	readonly #client: Pick<ClusterClient, 'text'>;
	readonly #clock: Clock;
	readonly #known = new Map<string, EvictionThreshold>();

	constructor(client: Pick<ClusterClient, 'text'>, clock: Clock) {
		this.#client = client;
		this.#clock = clock;
	}

	/** What is known of a node without asking. */
	known(node: string): EvictionThreshold {
		return this.#known.get(node) ?? defaultEviction;
	}

	/** What is known of a node: the default until its kubelet has answered, and for good where it may not be asked. */
	of(node: string, changed: () => void, signal: AbortSignal): EvictionThreshold {
		const known = this.#known.get(node);
		if (known !== undefined) return known;
		this.#known.set(node, defaultEviction);
		const path = `/api/v1/nodes/${encodeURIComponent(node)}/proxy/configz`;
		void jsonWithin(
			{client: this.#client, clock: this.#clock},
			{path, what: `Could not read the configuration of kubelet ${node}`, withinMs: answerWithinMs},
			signal,
		).then(
			configz => {
				this.#known.set(node, evictionThreshold(configz));
				changed();
			},
			() => {
				if (signal.aborted) this.#known.delete(node);
				else this.#known.set(node, {...defaultEviction, isRead: false});
				changed();
			},
		);
		return defaultEviction;
	}
}
