import type {VirtualScreen} from './virtual-screen.ts';

/** What a screen looks like, one string a row: its text with a mark wherever the look changes. The colour of a blank is nothing that can be seen. */
export function seenCells(screen: VirtualScreen): string[] {
	return screen.styledRuns().map(row => {
		let seen = '';
		let before = '';
		for (const run of row) {
			for (const character of run.text) {
				const isDrawn = character !== ' ' || /underline|inverse/.test(run.attributes);
				const look = isDrawn ? `{${run.foreground}|${run.background}|${run.attributes}}` : `{|${run.background}|}`;
				seen += look === before ? character : look + character;
				before = look;
			}
		}
		return seen;
	});
}
