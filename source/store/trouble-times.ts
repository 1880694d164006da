import type {Catalogue} from '../core/catalogue.ts';
import type {ClusterClient} from '../core/cluster-client.ts';
import type {FamilyHealth, Trouble} from '../core/overview-model.ts';
import type {Pod} from '../core/pod.ts';
import {podTroubleSince} from '../core/pod-since.ts';
import {problemOf} from '../core/problem.ts';

/** More are on no screen, and each costs a request. */
const mostRead = 20;

export type TroubleTimesOptions = Readonly<{client: Pick<ClusterClient, 'get'>; catalogue(): Catalogue; changed(): void}>;

/**
 * Since when pods are in trouble that no row and no event dates: the list of all pods carries none of their times. Each is read
 * once by name, one after the other, while it stays in that trouble.
 */
export class TroubleTimes implements Disposable {
	readonly #options: TroubleTimesOptions;
	readonly #stop = new AbortController();
	/** By pod and trouble; undefined: not read yet, or it does not say. */
	readonly #known = new Map<string, number | undefined>();
	readonly #waiting: Trouble[] = [];
	#isReading = false;
	#isDenied = false;

	constructor(options: TroubleTimesOptions) {
		this.#options = options;
	}

	/** The families with the times known so far; what is missing is asked for, and `changed` tells when it is there. */
	dated(families: readonly FamilyHealth[]): readonly FamilyHealth[] {
		const wanted = new Set<string>();
		const dated = families.map(family => {
			if (family.troubles.every(({since}) => since !== undefined)) return family;
			return {...family, troubles: family.troubles.map(trouble => this.#dated(trouble, wanted))};
		});
		for (const key of this.#known.keys()) if (!wanted.has(key)) this.#known.delete(key);
		return dated;
	}

	[Symbol.dispose](): void {
		this.#stop.abort();
	}

	#dated(trouble: Trouble, wanted: Set<string>): Trouble {
		if (trouble.since !== undefined || trouble.kind !== 'pods' || wanted.size >= mostRead) return trouble;
		const key = keyOf(trouble);
		wanted.add(key);
		if (!this.#known.has(key)) {
			this.#known.set(key, undefined);
			this.#waiting.push(trouble);
			void this.#read();
		}
		const since = this.#known.get(key);
		return since === undefined ? trouble : {...trouble, since};
	}

	async #read(): Promise<void> {
		if (this.#isReading) return;
		this.#isReading = true;
		const {signal} = this.#stop;
		for (let next = this.#waiting.shift(); next !== undefined && !signal.aborted; next = this.#waiting.shift()) await this.#readOne(next);
		this.#isReading = false;
	}

	async #readOne(trouble: Trouble): Promise<void> {
		const {client, catalogue, changed} = this.#options;
		const key = keyOf(trouble);
		const type = catalogue().find('pods');
		if (this.#isDenied || type === undefined || !this.#known.has(key)) return;
		try {
			const {namespace, name} = trouble.ref;
			// The answer to a GET of pods is a Pod.
			const pod = (await client.get(type, namespace, name, {managedFields: false}, this.#stop.signal)) as Pod;
			if (this.#stop.signal.aborted || !this.#known.has(key)) return;
			this.#known.set(key, podTroubleSince(pod));
			changed();
		} catch (error) {
			// A time that is not known is no fault of its own; whoever may not get one pod may get none.
			this.#isDenied ||= problemOf(error, 'Could not get pod').code === 'forbidden';
		}
	}
}

/** The same pod in the same trouble: how often it restarted by now makes no other one of it. */
function keyOf({ref, why}: Trouble): string {
	return `${ref.uid ?? `${ref.namespace ?? ''}/${ref.name}`} ${why.split(',')[0] ?? ''}`;
}
