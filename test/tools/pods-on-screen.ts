import type {VirtualScreen} from './virtual-screen.ts';

/** Long names are cut in their middle where other columns need the room: their beginnings are compared. */
const beginning = 6;

/** `namespace/name ready status` of each visible row of a table of pods of all namespaces, in its order; of names the beginning. */
export function podsOnScreen(screen: VirtualScreen): readonly string[] {
	return screen.lines().flatMap(line => {
		// Cursor, symbol, mark, blank; then the cells.
		const [, namespace, name, ready, status] = /^.[^\s\w]. (\S+) +(\S+) +(\d+\/\d+) +(\S+)/u.exec(line) ?? [];
		return namespace === undefined ? [] : [`${namespace}/${name?.slice(0, beginning)} ${ready} ${status}`];
	});
}

/** The same of what `pods -A -o text` printed. */
export function podsPrinted(text: string): readonly string[] {
	const [, ...lines] = text.split('\n').filter(line => line !== '');
	return lines.map(line => {
		const [namespace, name, ready, status] = line.split(/ {2,}/);
		return `${namespace}/${name?.slice(0, beginning)} ${ready} ${status}`;
	});
}
