/** What `[ ... ]` says of its words: texts, whole numbers and files. */
export function isTrue(words: readonly string[], read: (path: string) => string | undefined): boolean {
	const [first = '', operator = '', last = ''] = words;
	if (first === '!' && words.length > 1) return !isTrue(words.slice(1), read);
	switch (words.length) {
		case 0:
			return false;
		case 1:
			return first !== '';
		case 2:
			return ofOne(first, operator, read);
		default:
			return ofTwo(first, operator, last);
	}
}

function ofOne(operator: string, word: string, read: (path: string) => string | undefined): boolean {
	switch (operator) {
		case '-n':
			return word !== '';
		case '-z':
			return word === '';
		case '-e':
		case '-f':
		case '-r':
			return read(word) !== undefined;
		case '-s':
			return (read(word) ?? '') !== '';
		default:
			return false;
	}
}

function ofTwo(first: string, operator: string, last: string): boolean {
	const [one, other] = [Number(first), Number(last)];
	switch (operator) {
		case '=':
		case '==':
			return first === last;
		case '!=':
			return first !== last;
		case '-eq':
			return one === other;
		case '-ne':
			return one !== other;
		case '-lt':
			return one < other;
		case '-le':
			return one <= other;
		case '-gt':
			return one > other;
		case '-ge':
			return one >= other;
		default:
			return false;
	}
}
