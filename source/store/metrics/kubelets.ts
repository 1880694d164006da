import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import {problemOf} from '../../core/problem.ts';
import {kubeletStep, type MissingStep} from '../../core/top/missing-step.ts';
import {type NodeSummary, nodeSummary} from '../../core/top/node-summary.ts';
import {jsonWithin} from './json-within.ts';
import {limited} from './limited.ts';

/** A kubelet is asked no more often than that; one that failed twice, and all of them where nodes/proxy is denied, more rarely. */
const everyMs = 15_000;
const backoffMs = 60_000;
const failuresBeforeBackoff = 2;
const answerWithinMs = 5000;
const inFlight = 8;

type Asked = {at: number; failures: number};

/** The summaries of kubelets, read through the API server (`nodes/proxy`). */
export class Kubelets {
	readonly #client: Pick<ClusterClient, 'text'>;
	readonly #clock: Clock;
	readonly #asked = new Map<string, Asked>();
	readonly #summaries = new Map<string, NodeSummary>();
	#deniedAt = Number.NEGATIVE_INFINITY;
	#isAllowed = false;
	#missing: MissingStep | undefined;

	constructor(client: Pick<ClusterClient, 'text'>, clock: Clock) {
		this.#client = client;
		this.#clock = clock;
	}

	/** The last summary of each node that ever gave one. */
	get summaries(): ReadonlyMap<string, NodeSummary> {
		return this.#summaries;
	}

	/** Why the last one that failed did so; undefined while they answer. */
	get missing(): MissingStep | undefined {
		return this.#missing;
	}

	/** Asks those of the nodes that are due, a few at a time; resolves with true when any of them was asked. Rejects only when the signal aborts. */
	async read(nodes: readonly string[], signal: AbortSignal): Promise<boolean> {
		const now = this.#clock.now();
		if (now - this.#deniedAt < backoffMs) return false;
		const due = nodes.filter(node => this.#dueIn(node, now) === 0);
		for (const node of due) this.#asked.set(node, {at: now, failures: this.#asked.get(node)?.failures ?? 0});
		// A right that is not there is asked for once, not once a node.
		const first = this.#isAllowed ? [] : due.slice(0, 1);
		await limited(first, 1, node => this.#readOne(node, signal));
		if (this.#deniedAt < now) await limited(due.slice(first.length), inFlight, node => this.#readOne(node, signal));
		return due.length > 0;
	}

	/** ms until one of the nodes may be asked again. */
	dueIn(nodes: readonly string[]): number {
		const now = this.#clock.now();
		const denied = Math.max(0, this.#deniedAt + backoffMs - now);
		return Math.max(denied, Math.min(...nodes.map(node => this.#dueIn(node, now))));
	}

	#dueIn(node: string, now: number): number {
		const asked = this.#asked.get(node);
		return asked === undefined ? 0 : Math.max(0, asked.at + (asked.failures >= failuresBeforeBackoff ? backoffMs : everyMs) - now);
	}

	async #readOne(node: string, signal: AbortSignal): Promise<void> {
		const asked = this.#asked.get(node) ?? {at: this.#clock.now(), failures: 0};
		try {
			this.#summaries.set(node, await readSummary({client: this.#client, clock: this.#clock}, node, signal));
			this.#asked.set(node, {...asked, failures: 0});
			this.#isAllowed = true;
			this.#missing = undefined;
		} catch (error) {
			signal.throwIfAborted();
			const problem = problemOf(error, `Could not read the kubelet of ${node}`);
			if (problem.code === 'forbidden') {
				this.#deniedAt = this.#clock.now();
				this.#isAllowed = false;
			}
			this.#asked.set(node, {...asked, failures: asked.failures + 1});
			this.#missing = kubeletStep(problem, node);
		}
	}
}

/** The summary of one kubelet; a kubelet that hangs is given up after 5 s. Rejects with a ProblemError. */
export async function readSummary(options: Parameters<typeof jsonWithin>[0], node: string, signal: AbortSignal): Promise<NodeSummary> {
	const path = `/api/v1/nodes/${encodeURIComponent(node)}/proxy/stats/summary`;
	return nodeSummary(node, await jsonWithin(options, {path, what: `Could not read the kubelet of ${node}`, withinMs: answerWithinMs}, signal));
}
