/** `path line` for each line of each file that could be read, as the batch's `f` and our own programs print them. */
export type FileLine = Readonly<{path: string; line: string}>;

export function readFileLines(text: string): readonly FileLine[] {
	return text.split('\n').flatMap(line => {
		const [, path, rest = ''] = /^(\/\S+) ?(.*)$/.exec(line) ?? [];
		return path === undefined ? [] : [{path, line: rest}];
	});
}
