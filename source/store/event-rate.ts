import {eventFacts} from '../core/event-facts.ts';
import {type Item, itemKey, type Ref} from '../core/kubernetes.ts';
import type {OverviewModel} from '../core/overview-model.ts';
import type {ScopeHandle} from './scope-handle.ts';

const minuteMs = 60_000;
const minutes = 30;
const newest = 20;

export type Warning = OverviewModel['warnings'][number];

/** Counts events by minute and keeps the warnings, from what comes and goes in the events' scope. */
export class EventRate {
	readonly #counts = new Map<number, number>();
	readonly #warnings = new Map<string, Warning>();
	/** When each warning last was, by what it is about and its reason. */
	readonly #toldAt = new Map<string, number>();
	/** What was counted already: a relist brings every event again. */
	readonly #seen = new Map<string, string>();

	/** Takes in what the handle has seen since the last call. */
	take(handle: ScopeHandle): void {
		const {changed, removed} = handle.changes();
		for (const key of removed) {
			const warning = this.#warnings.get(key);
			if (warning && this.toldAt(warning.ref, warning.reason) === warning.at) this.#toldAt.delete(warningKey(warning.ref, warning.reason));
			this.#warnings.delete(key);
			this.#seen.delete(key);
		}
		for (const item of changed) this.#add(item);
	}

	/** Events of each of the last 30 minutes, oldest first, the running one last. Those from before the start count once, at their last occurrence. */
	perMinute(now: number): readonly number[] {
		const current = Math.floor(now / minuteMs);
		for (const minute of this.#counts.keys()) if (minute <= current - minutes) this.#counts.delete(minute);
		return Array.from({length: minutes}, (_, index) => this.#counts.get(current - minutes + 1 + index) ?? 0);
	}

	/** The newest warnings, newest first. */
	warnings(): readonly Warning[] {
		return [...this.#warnings.values()].sort((a, b) => b.at - a.at).slice(0, newest);
	}

	/** When a warning of that reason about that object last came, ms since the epoch; undefined: there is none. */
	toldAt(ref: Ref, reason: string): number | undefined {
		return this.#toldAt.get(warningKey(ref, reason));
	}

	#add(item: Item): void {
		const facts = eventFacts(item);
		const key = itemKey(item);
		if (!facts || this.#seen.get(key) === `${facts.at} ${facts.count}`) return;
		this.#seen.set(key, `${facts.at} ${facts.count}`);
		const minute = Math.floor(facts.at / minuteMs);
		this.#counts.set(minute, (this.#counts.get(minute) ?? 0) + 1);
		if (!facts.warning) return;
		const {about, reason, message, count, at} = facts;
		this.#warnings.set(key, {ref: about, reason, message, count, at});
		this.#toldAt.set(warningKey(about, reason), at);
	}
}

function warningKey({kind, namespace, name}: Ref, reason: string): string {
	return `${kind}/${namespace ?? ''}/${name} ${reason}`;
}
