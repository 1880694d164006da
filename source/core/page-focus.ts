import type {Page} from './page.ts';

/** Stands for the first line whose id begins so: `container:app:` before it is known which containers there are. */
function isPrefix(id: string): boolean {
	return id.endsWith(':');
}

/** The line that has the cursor: the one with its id, else the page's own choice, else the first that can take it. -1 where none can. */
export function focusIndex(page: Page, cursor: string | undefined): number {
	for (const wanted of [cursor, page.first]) {
		if (wanted === undefined) continue;
		const index = page.lines.findIndex(({id}) => id !== undefined && (isPrefix(wanted) ? id.startsWith(wanted) : id === wanted));
		if (index >= 0) return index;
	}
	return page.lines.findIndex(({id}) => id !== undefined);
}

/** The first line shown of those that scroll. A cursor that nobody has moved yet is always in view; one that was moved may be read past. */
export function pageTop(page: Page, screen: Readonly<{cursor?: string; top: number}>, room: number): number {
	const most = Math.max(0, page.lines.length - room);
	const top = Math.max(0, Math.min(screen.top, most));
	const wasMoved = screen.cursor !== undefined && !isPrefix(screen.cursor);
	return wasMoved ? top : Math.max(0, Math.min(most, inView(focusIndex(page, screen.cursor), top, room)));
}

/** The first line nearest to `top` with the index among the `room` lines shown. */
export function inView(index: number, top: number, room: number): number {
	if (index < 0) return top;
	return index < top ? index : index >= top + room ? index - room + 1 : top;
}
