import type {Live} from '../core/live.ts';

/** A Live value that its owner sets; subscribers are told of each change. */
export type LiveValue<T> = Live<T> & Readonly<{set(value: T): void}>;

export function createLiveValue<T>(initial: T): LiveValue<T> {
	const subscribers = new Set<() => void>();
	let value = initial;
	return {
		snapshot: () => value,
		subscribe(changed) {
			subscribers.add(changed);
			return () => void subscribers.delete(changed);
		},
		set(next) {
			if (next === value) return;
			value = next;
			for (const changed of [...subscribers]) changed();
		},
	};
}
