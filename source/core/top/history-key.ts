/** The keys under which the session's history keeps samples. */
export function nodeHistoryKey(name: string): string {
	return `node ${name}`;
}

/** `key`: `namespace/name`. */
export function podHistoryKey(key: string): string {
	return `pod ${key}`;
}

export function containerHistoryKey(key: string, container: string): string {
	return `container ${key} ${container}`;
}
