import type {Viewport} from './viewport.ts';

/** How many lines each part of the screen gets; the parts always add up to the viewport's rows. */
export type FrameRows = Readonly<{
	/** The DEMO line; it cannot be hidden. */
	banner: number;
	head: number;
	crumbs: number;
	/** A table's counts, sort and filter on a line of their own. */
	counts: number;
	topRule: number;
	body: number;
	bottomRule: number;
	status: number;
	commandLine: number;
	/** What was done last, and the last keys: for people who watch. */
	did: number;
	keys: number;
	hints: number;
	/** Below 15 rows or 60 columns: crumbs go into row 1, the status takes the place of the hints. */
	small: boolean;
}>;

export const smallest: Viewport = {columns: 40, rows: 10};

/** The layout grammar of screens.md 3. `header` and `crumbs` are the user's switches (Ctrl-E, Ctrl-G). */
export function frameRows(
	viewport: Viewport,
	options: Readonly<{banner: boolean; header: boolean; crumbs: boolean; table: boolean; share?: boolean}>,
): FrameRows {
	const {rows, columns} = viewport;
	const small = rows < 15 || columns < 60;
	const rules = !small && rows >= 24;
	const tall = !small && rows >= 36;
	const watched = options.share === true && !small;
	const parts = {
		banner: options.banner ? 1 : 0,
		head: options.header ? 1 : 0,
		crumbs: options.crumbs && !small ? 1 : 0,
		counts: tall && options.table ? 1 : 0,
		topRule: tall && options.table ? 1 : 0,
		bottomRule: rules ? 1 : 0,
		status: small ? 0 : 1,
		commandLine: tall ? 1 : 0,
		did: watched ? 1 : 0,
		keys: watched ? 1 : 0,
		hints: watched ? 2 : 1,
	};
	const taken = Object.values(parts).reduce((sum, lines) => sum + lines, 0);
	return {...parts, body: Math.max(1, rows - taken), small};
}

/** The rows of a screen in this state. `table`: what is shown is one. */
export function rowsOf(
	viewport: Viewport,
	{header, crumbs, share}: Readonly<{header: boolean; crumbs: boolean; share?: object | undefined}>,
	shown: Readonly<{banner: boolean; table: boolean}>,
): FrameRows {
	return frameRows(viewport, {...shown, header, crumbs, share: share !== undefined});
}
