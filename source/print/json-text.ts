/**
 * A value as JSON text. JSON.stringify leaves DEL and the C1 controls as they are, and a terminal acts on them (U+009B begins
 * a sequence as `ESC [` does): they are written as `\u009b`, which is the same JSON.
 */
export function jsonText(value: unknown, indent?: number): string {
	return JSON.stringify(value, null, indent).replace(/[\x7f-\x9f]/g, control => `\\u00${control.charCodeAt(0).toString(16)}`);
}
