export type Intern = Readonly<{
	/** The same text, as the one string kept of it. */
	text(text: string): string;
	/** An equal value seen before (by its JSON), else this one. Only for values that nobody changes. */
	value<T extends object>(value: T): T;
}>;

/** Texts longer than this are rarely equal: looking them up costs more than it saves. */
const longestText = 128;

/**
 * Keeps one copy of what repeats over thousands of rows: namespaces, kinds, label sets, cells. Both tables start over
 * when full, so that values which never repeat (addresses, names) cannot fill the memory.
 */
export function createIntern(limit = 8192): Intern {
	const texts = new Map<string, string>();
	const values = new Map<string, object>();
	return {
		text(text) {
			if (text.length > longestText) return text;
			const known = texts.get(text);
			if (known !== undefined) return known;
			if (texts.size >= limit) texts.clear();
			texts.set(text, text);
			return text;
		},
		value<T extends object>(value: T): T {
			const key = JSON.stringify(value);
			const known = values.get(key);
			// Equal JSON under the same key: the stored object has the shape of this one.
			if (known !== undefined) return known as T;
			if (values.size >= limit) values.clear();
			values.set(key, value);
			return value;
		},
	};
}
