import type {Clock} from '../core/clock.ts';
import type {ClusterClient} from '../core/cluster-client.ts';
import {type Problem, problemOf} from '../core/problem.ts';

/** How often the server's own checks are asked; they have no watch. */
const everyMs = 30_000;
/** Readiness and liveness, with one line a check (kube-api.md 11). `/livez` counts only where `/readyz` leaves something out. */
const endPoints = ['readyz', 'livez'] as const;

export type Check = Readonly<{endPoint: string; name: string; ok: boolean; reason?: string}>;
export type ChecksState = Readonly<{checks: readonly Check[]; problem?: Problem; readAt?: number}>;

/** Asks `/readyz?verbose` and `/livez?verbose` while it runs, and keeps the last answers. */
export class HealthChecks implements Disposable {
	readonly #client: Pick<ClusterClient, 'text'>;
	readonly #clock: Clock;
	readonly #changed: () => void;
	readonly #stop = new AbortController();
	#timer: Disposable | undefined;
	#state: ChecksState = {checks: []};

	constructor(client: Pick<ClusterClient, 'text'>, clock: Clock, changed: () => void) {
		this.#client = client;
		this.#clock = clock;
		this.#changed = changed;
		void this.#ask();
	}

	state(): ChecksState {
		return this.#state;
	}

	[Symbol.dispose](): void {
		this.#timer?.[Symbol.dispose]();
		this.#stop.abort();
	}

	async #ask(): Promise<void> {
		try {
			const answers = await Promise.all(endPoints.map(async endPoint => parseChecks(endPoint, (await this.#read(endPoint)).body)));
			this.#state = {checks: answers.flat(), readAt: this.#clock.now()};
		} catch (error) {
			this.#state = {...this.#state, problem: problemOf(error, "Could not read the API server's health checks")};
		}
		if (this.#stop.signal.aborted) return;
		this.#timer = this.#clock.after(everyMs, () => void this.#ask());
		this.#changed();
	}

	#read(endPoint: string): Promise<Readonly<{status: number; body: string}>> {
		return this.#client.text(`/${endPoint}?verbose`, this.#stop.signal);
	}
}

/** The checks of a verbose health answer: lines `[+]etcd ok` and `[-]etcd failed: reason withheld`. */
export function parseChecks(endPoint: string, body: string): readonly Check[] {
	return body.split('\n').flatMap(line => {
		const parts = /^\[([+-])\](\S+)\s*(.*)$/.exec(line.trim());
		if (!parts) return [];
		const [, sign, name = '', rest = ''] = parts;
		return [sign === '+' ? {endPoint, name, ok: true} : {endPoint, name, ok: false, reason: rest}];
	});
}
