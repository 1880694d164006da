/** The end of an exhaustive switch: a type error where a case is missing, a throw where bad data got through. */
export function never(value: never): never {
	throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
