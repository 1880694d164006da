export type Once = <T>(name: string, make: () => T) => T;

/** A memory of what was made under a name: made once, then the same again. Under one name only one kind of thing is ever made. */
export function createOnce(): Once {
	const made = new Map<string, unknown>();
	return <T>(name: string, make: () => T): T => {
		if (!made.has(name)) made.set(name, make());
		// Whoever asks under this name made it, or would have.
		return made.get(name) as T;
	};
}
