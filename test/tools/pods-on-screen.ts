import type {VirtualScreen} from './virtual-screen.ts';

/** `namespace/name ready status` of each visible row of a table of pods of all namespaces, in its order. */
export function podsOnScreen(screen: VirtualScreen): readonly string[] {
	return screen.lines().flatMap(line => {
		// Cursor, symbol, mark, blank; then the cells.
		const [, namespace, name, ready, status] = /^.[^\s\w]. (\S+) +(\S+) +(\d+\/\d+) +(\S+)/u.exec(line) ?? [];
		return namespace === undefined ? [] : [`${namespace}/${name} ${ready} ${status}`];
	});
}

/** The same of what `pods -A -o text` printed. */
export function podsPrinted(text: string): readonly string[] {
	const [, ...lines] = text.split('\n').filter(line => line !== '');
	return lines.map(line => {
		const [namespace, name, ready, status] = line.split(/ {2,}/);
		return `${namespace}/${name} ${ready} ${status}`;
	});
}
