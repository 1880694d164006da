import type {Clock} from '../core/clock.ts';
import type {ClusterClient} from '../core/cluster-client.ts';
import type {KubeObject, Ref} from '../core/kubernetes.ts';
import type {ResourceType} from '../core/resource-type.ts';

/** Where only `get` is allowed there is no watch, and a failed read is tried again after this long. */
const againMs = 30_000;

export type FetchedObjectOptions = Readonly<{client: Pick<ClusterClient, 'get'>; clock: Clock; type: ResourceType; ref: Ref}>;

type Read = {object?: KubeObject; readAt?: number; reading: boolean; resourceVersion?: string | undefined};

/** The object read once by name: where its kind may not be listed, and for managedFields, which no stream carries. Reads begin when asked for. */
export class FetchedObject implements Disposable {
	readonly #options: FetchedObjectOptions;
	readonly #changed: () => void;
	readonly #plain: Read = {reading: false};
	readonly #managed: Read = {reading: false};
	#stop = new AbortController();

	constructor(options: FetchedObjectOptions, changed: () => void) {
		this.#options = options;
		this.#changed = changed;
	}

	/** The last read of it, at most half a minute old while it is asked for; undefined until the first came back. */
	whole(): KubeObject | undefined {
		if (this.#isDue(this.#plain)) void this.#read(this.#plain, false);
		return this.#plain.object;
	}

	/**
	 * With managedFields; undefined until the first read came back. Read again once for each resourceVersion asked for:
	 * a stream that lags behind the answer must not make it read for ever.
	 */
	withManagedFields(resourceVersion: string | undefined): KubeObject | undefined {
		const failed = this.#managed.object === undefined && this.#isDue(this.#managed);
		if (failed || this.#managed.resourceVersion !== resourceVersion) {
			this.#managed.resourceVersion = resourceVersion;
			void this.#read(this.#managed, true);
		}
		return this.#managed.object;
	}

	[Symbol.dispose](): void {
		this.#stop.abort();
		this.#stop = new AbortController();
	}

	#isDue(read: Read): boolean {
		return read.readAt === undefined || this.#options.clock.now() - read.readAt >= againMs;
	}

	async #read(read: Read, managedFields: boolean): Promise<void> {
		if (read.reading) return;
		read.reading = true;
		const {client, clock, type, ref} = this.#options;
		const {signal} = this.#stop;
		try {
			read.object = await client.get(type, type.namespaced ? ref.namespace : undefined, ref.name, {managedFields}, signal);
		} catch {
			// The stream of the object says what is wrong; this is a second way to the same thing.
		}
		read.reading = false;
		read.readAt = clock.now();
		if (!signal.aborted) this.#changed();
	}
}
