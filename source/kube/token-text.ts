/** Whether a text can stand behind `Authorization: Bearer` (RFC 9110 5.5): no line breaks in it, as a file that holds something else has them. */
export function isTokenText(text: string): boolean {
	return /^[\x20-\x7e]+$/.test(text);
}
