/** A word as a POSIX shell takes it literally: as it is where it needs no quotes, else in single ones. */
export function shellWord(word: string): string {
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
