/** A name and a value of a structured line, both as text. */
export type LogField = readonly [name: string, value: string];

/** Longer lines are read as text: what is parsed must not hold up what arrives. */
const longestParsed = 64 * 1024;
/** Objects inside are told apart by their path up to here (`http.status`); deeper ones stay JSON. */
const deepest = 2;

/** The fields of a line that is a JSON object, in its order, inner objects as `outer.inner`; undefined: it is none. */
export function jsonFields(text: string): readonly LogField[] | undefined {
	const first = text.trimStart();
	if (first.charCodeAt(0) !== 0x7b || text.length > longestParsed) return undefined;
	try {
		const parsed: unknown = JSON.parse(first);
		if (!isObject(parsed)) return undefined;
		const fields: LogField[] = [];
		collect(parsed, '', 0, fields);
		return fields;
	} catch {
		return undefined;
	}
}

function collect(object: Readonly<Record<string, unknown>>, prefix: string, depth: number, fields: LogField[]): void {
	for (const [name, value] of Object.entries(object)) {
		if (isObject(value) && depth < deepest && Object.keys(value).length > 0) collect(value, `${prefix}${name}.`, depth + 1, fields);
		else fields.push([prefix + name, typeof value === 'string' ? value : (JSON.stringify(value) ?? '')]);
	}
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
