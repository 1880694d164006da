import {timeAt} from '../../core/field.ts';
import {enoughRenewals, type HeartbeatFacts, type Renewal} from '../../core/net/heartbeats.ts';
import type {KubeObject} from '../../core/kubernetes.ts';
import type {Observation} from '../../core/observation.ts';

/** When nodes renewed their leases, by their own clock and by the server's: seen as they come. The first of each may have come long before it was seen. */
export class Heartbeats {
	readonly #seen = new Map<string, readonly Renewal[]>();
	#leases: readonly KubeObject[] = [];

	/** Looks at the leases of the nodes as they are now; `now`: server time. The same list again costs nothing. */
	note(leases: readonly KubeObject[], now: number): void {
		if (leases === this.#leases) return;
		this.#leases = leases;
		const gone = new Set(this.#seen.keys());
		for (const lease of leases) {
			const {name} = lease.metadata;
			const renewedAt = timeAt(lease, 'spec', 'renewTime');
			gone.delete(name);
			const before = this.#seen.get(name) ?? [];
			if (renewedAt === undefined || before[0]?.renewedAt === renewedAt) continue;
			this.#seen.set(name, [{renewedAt, seenAt: now}, ...before].slice(0, enoughRenewals));
		}
		for (const name of gone) this.#seen.delete(name);
	}

	observations(): ReadonlyArray<Observation<HeartbeatFacts>> {
		return [...this.#seen].map(([target, renewals]) => ({
			probe: 'node-heartbeats',
			target,
			at: renewals[0]?.seenAt ?? 0,
			tookMs: 0,
			outcome: 'ok',
			facts: {renewals},
		}));
	}
}
