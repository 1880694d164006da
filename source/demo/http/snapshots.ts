import type {Clock} from '../../core/clock.ts';
import type {Snapshot} from '../resource-store.ts';

/** The states that continue tokens point to. */
export type Snapshots = Readonly<{
	keep(plural: string, resourceVersion: number, snapshot: Snapshot): void;
	find(plural: string, resourceVersion: number): Snapshot | undefined;
	/** Makes all tokens given out so far too old. */
	expire(): void;
}>;

/** etcd is compacted every five minutes: older tokens are gone. */
const lifetimeMs = 5 * 60_000;
/** More lists in progress than any client has. */
const capacity = 32;

export function createSnapshots(clock: Clock): Snapshots {
	const kept = new Map<string, {snapshot: Snapshot; at: number}>();
	return {
		keep(plural, resourceVersion, snapshot) {
			const key = `${plural}@${resourceVersion}`;
			if (!kept.has(key)) kept.set(key, {snapshot, at: clock.now()});
			const [oldest] = kept.keys();
			if (kept.size > capacity && oldest !== undefined) kept.delete(oldest);
		},
		find(plural, resourceVersion) {
			const found = kept.get(`${plural}@${resourceVersion}`);
			return found !== undefined && clock.now() - found.at < lifetimeMs ? found.snapshot : undefined;
		},
		expire: () => kept.clear(),
	};
}
