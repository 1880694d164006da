/** The mode in which people watch (screens.md 9): secrets are always masked in it; these besides. */
export type ShareState = Readonly<{addresses: boolean; names: boolean}>;

/** What was done last, in words, for those who watch. */
export type Did = Readonly<{at: number; text: string}>;

/** Keys shown to those who watch. */
const keysShown = 12;
export const typingHidden = '(typing hidden)';

/** The keys with one more; what is typed into a field is said once and never shown. */
export function pressedWith(pressed: readonly string[], key: string): readonly string[] {
	if (key === typingHidden && pressed.at(-1) === typingHidden) return pressed;
	return [...pressed, key].slice(-keysShown);
}

/** How share mode is written on a command line: `--share=ip,names`. */
export function shareWords({addresses, names}: ShareState): string {
	return [addresses ? 'ip' : '', names ? 'names' : ''].filter(word => word !== '').join(',');
}
