/**
 * A value that changes and tells so: what a screen draws. Subscribing opens whatever feeds it, the last
 * unsubscribe closes it after a grace time. `snapshot()` is the same object until something changed.
 */
export type Live<T> = Readonly<{
	subscribe(changed: () => void): () => void;
	snapshot(): T;
}>;
