import type {Effect} from './effect.ts';
import type {Glyphs} from './glyphs.ts';
import type {Line} from './line.ts';
import type {MaskOptions} from './share/mask-text.ts';
import type {Viewport} from './viewport.ts';

/** A line of a page's body. With an id it can take the cursor, and Enter does `enter`. */
export type PageLine = Readonly<{
	line: Line;
	id?: string;
	enter?: readonly Effect[];
	/** What `c` copies while the cursor is here. */
	copy?: string;
	/** Continuation of a long value: Left and Right scroll it (YAML). */
	scrolls?: boolean;
}>;

/** A key in the hint bar: `{keys: 'd', title: 'describe'}`. */
export type Hint = Readonly<{keys: string; title: string}>;

/** What a page screen shows, as a value: made by a pure function in pages/, drawn by ui/parts/page-view.tsx. */
export type Page = Readonly<{
	/** The last crumb of row 2. */
	crumb: string;
	/** Right of the crumbs in row 2: counts, state. */
	head: Line;
	/** Below row 2, above the body: tabs, a verdict, column heads. Never scrolls. */
	fixed: readonly Line[];
	lines: readonly PageLine[];
	/** Below the lines, never scrolls: more of the line under the cursor. */
	foot?: readonly Line[];
	/** The line that has the cursor until it is moved, by its id, or by how its id begins (`trouble:`); without it the first that can. */
	first?: string;
	/** The status row when there is no notice. */
	status?: Line;
	/** Five to nine; `? keys` is added by the frame. */
	hints: readonly Hint[];
}>;

/** Lines of a body of `rows` that are left for what scrolls. */
export function scrollRoom({fixed, foot = []}: Pick<Page, 'fixed' | 'foot'>, rows: number): number {
	return Math.max(0, rows - fixed.length - foot.length);
}

/** What every page function gets beside its model and screen. `body` is the room for fixed and lines. */
export type PageSetting = Readonly<{
	now: number;
	body: Viewport;
	glyphs: Glyphs;
	/** age, utc or local. */
	times: 'age' | 'utc' | 'local';
	/** Of the local time zone, east positive; without it local times are shown as UTC. */
	offsetMinutes?: number;
	/** For an export while nothing is masked on the screen: what is structurally secret is not to be on the page. */
	masks?: MaskOptions;
}>;
