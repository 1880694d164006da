import type {Action} from '../../core/action.ts';
import {topScreen} from '../../core/app-state.ts';
import {commandLineOf} from '../../core/command-line-of.ts';
import {fitLine, overlayLine, spreadLine} from '../../core/cut-line.ts';
import {rowsOf, smallest} from '../../core/frame-rows.ts';
import type {Glyphs} from '../../core/glyphs.ts';
import type {Binding} from '../../core/keymap.ts';
import type {Line} from '../../core/line.ts';
import {type MaskOptions, plainMask} from '../../core/share/mask-text.ts';
import {clean, plural, truncate} from '../../core/text.ts';
import {tones} from '../../core/tone.ts';
import type {Frame} from '../../core/view.ts';
import {dialogBox, paletteBox, whichKeyBox} from './boxes.ts';
import {crumbLine, crumbOf, shownCount, tableFacts} from './crumb-line.ts';
import {bannerLine, headLine} from './head-line.ts';
import {hintLine, hintLines, hintsOf} from './hint-line.ts';
import {type BodyLine, type LineCursor, pageLines, pagePlace, rowCursor} from './page-lines.ts';
import {caretColumn, isTyping, promptHelp} from './prompt-lines.ts';
import {statusLine} from './status-line.ts';
import {tableLayout} from './table-layout.ts';
import {tableLines} from './table-lines.ts';
import {didLine, isOffered, keysLine, maskedLines, watchedLines, wordyHint} from './watched.ts';

export type ComposeOptions = Readonly<{
	glyphs: Glyphs;
	actions: readonly Action[];
	bindings: readonly Binding[] /** What share mode masks, and every export. */;
	masks?(): MaskOptions;
}>;

/** The whole screen as lines, exactly as many as the terminal has rows. */
export function compose(frame: Frame, options: ComposeOptions): readonly BodyLine[] {
	const {viewport, view, state} = frame;
	if (viewport.columns < smallest.columns || viewport.rows < smallest.rows) return tooSmall(frame);
	const screen = topScreen(state);
	if ((screen.type === 'object' || screen.type === 'logs') && screen.fullScreen && view.type === 'page' && !state.prompt && !state.dialog)
		return pageLines({...view, page: {...view.page, fixed: []}}, screen, viewport.rows, options.glyphs);
	const rows = rowsOf(viewport, state, {banner: frame.head.context.demo, table: view.type === 'table'});
	const {glyphs} = options;
	const layout = view.type === 'table' ? tableLayout(frame, rows.body) : undefined;
	const lines: BodyLine[] = [];
	const add = (count: number, line: () => Line, cursor?: LineCursor): void => {
		if (count > 0) lines.push({line: line(), selected: false, ...(cursor ? {cursor} : {})});
	};
	add(rows.banner, () => bannerLine(frame, glyphs));
	add(rows.head, () => headLine(frame, glyphs));
	add(rows.crumbs, () => crumbLine(frame, glyphs, rows.counts > 0));
	add(rows.counts, () => countsLine(frame, glyphs));
	add(rows.topRule, () => ruleLine(frame, glyphs, layout?.split));
	const body =
		view.type === 'table' && layout
			? tableLines(frame, layout, glyphs)
			: view.type === 'page' && screen.type !== 'table'
				? pageLines(view, screen, rows.body, glyphs)
				: [];
	const shownBody = focused(boxed(frame, filled(body, rows.body), options));
	// On a small screen the line being typed takes the place of the hints, and what helps with it the last line above.
	lines.push(...(rows.small && isTyping(frame) ? [...shownBody.slice(0, -1), {line: promptHelp(frame, glyphs), selected: false}] : shownBody));
	add(rows.bottomRule, () => ruleLine(frame, glyphs, layout?.split));
	const place = view.type === 'page' && screen.type !== 'table' ? pagePlace(view, screen, rows.body) : undefined;
	const status = statusLine(frame, {glyphs, layout, place, alone: rows.small});
	const caret = isTyping(frame) ? {column: caretColumn(frame), visible: true} : undefined;
	add(rows.status, () => status, caret);
	add(rows.commandLine, () =>
		spreadLine(
			[{text: ` same view: ${clean(commandLineOf(frame))}`, tone: 'muted'}],
			[
				{text: '  Y l', tone: 'accent'},
				{text: ' copies ', tone: 'muted'},
			],
			viewport.columns,
		),
	);
	add(rows.did, () => didLine(frame));
	add(rows.keys, () => keysLine(frame));
	if (rows.hints > 1) lines.push(...hintRows(frame, rows.hints, options));
	else add(rows.hints, () => bottom(frame, rows.small, status, options), rows.small ? caret : undefined);
	const whole = filled(lines, viewport.rows);
	return state.share === undefined
		? whole
		: watchedLines(maskedLines(whole, options.masks?.() ?? plainMask), viewport.columns, {
				crumbs: rows.crumbs > 0 ? rows.banner + rows.head : undefined,
				cut: glyphs.cut,
			});
}

/** For people who watch, the hints have two rows: nobody has to know them by heart. */
function hintRows(frame: Frame, rows: number, options: ComposeOptions): readonly BodyLine[] {
	if (isTyping(frame))
		return [
			{line: [], selected: false},
			{line: promptHelp(frame, options.glyphs), selected: false},
		];
	const {stack} = frame.state;
	const below = stack.at(-2);
	const back = below && crumbOf(below, frame);
	const hints = hintsOf(frame, options)
		.filter(isOffered)
		.map(hint => wordyHint(hint, back));
	return hintLines(hints, frame.viewport.columns, rows).map(line => ({line, selected: false}));
}

/** `compose` that remembers the last frame's lines: they are drawn, and asked where the cursor is. */
export function composer(options: ComposeOptions): (frame: Frame) => readonly BodyLine[] {
	let last: Readonly<{frame: Frame; lines: readonly BodyLine[]}> | undefined;
	return frame => {
		if (last?.frame !== frame) last = {frame, lines: compose(frame, options)};
		return last.lines;
	};
}

/** Where the terminal's cursor belongs: in the field that is typed into, else on the focused row. */
export function cursorPlace(lines: readonly BodyLine[]): LineCursor & Readonly<{row: number}> {
	const field = lines.findIndex(({cursor}) => cursor?.visible);
	const row =
		field >= 0
			? field
			: Math.max(
					0,
					lines.findIndex(({cursor}) => cursor),
				);
	return {...rowCursor, ...lines[row]?.cursor, row};
}

/** A body without a focused row has it at its beginning. */
function focused(body: readonly BodyLine[]): readonly BodyLine[] {
	return body.some(({cursor}) => cursor) ? body : body.map((line, row) => (row === 0 ? {...line, cursor: rowCursor} : line));
}

/** The last row: completions while typing; on small screens the status in the place of the hints. */
function bottom(frame: Frame, small: boolean, status: Line, options: ComposeOptions): Line {
	if (small) return status;
	return isTyping(frame) ? promptHelp(frame, options.glyphs) : hintLine(hintsOf(frame, options), frame.viewport.columns);
}

function boxed(frame: Frame, body: readonly BodyLine[], options: ComposeOptions): readonly BodyLine[] {
	const {prompt, dialog} = frame.state;
	if (dialog) return dialogBox(frame, body);
	if (prompt?.kind === 'palette') return paletteBox(frame, body, 'Commands');
	if (prompt?.kind === 'actions') return paletteBox(frame, body, 'What can be done here');
	return whichKeyBox(frame, body, options);
}

/** From 36 rows: what there is by state, then sort and filter. */
function countsLine(frame: Frame, glyphs: Glyphs): Line {
	if (frame.view.type !== 'table') return [];
	const {snapshot, resource} = frame.view;
	// Nothing was read yet, or may be read: how many there are is not known.
	if (snapshot.data === 'none') return [];
	const counted = tones.filter(tone => tone !== 'text' && (snapshot.tones[tone] ?? 0) > 0);
	const parts: Line = counted.flatMap((tone): Line => [{text: `${snapshot.tones[tone] ?? 0} ${glyphs.state[tone]}`, tone}, {text: '  '}]);
	const shown = snapshot.rows.length === snapshot.total ? '' : shownCount(frame);
	const facts = [...tableFacts(frame), shown].filter(fact => fact !== '').join('     ');
	return spreadLine(
		[
			{
				text: ` ${plural(snapshot.total, resource.singular === '' ? resource.kind.toLowerCase() : resource.singular, resource.plural)}${parts.length > 0 ? ': ' : ''}`,
			},
			...parts,
		],
		[{text: `${facts} `, tone: 'muted'}],
		frame.viewport.columns,
	);
}

function ruleLine(frame: Frame, glyphs: Glyphs, split: number | undefined): Line {
	const columns = frame.viewport.columns - 2;
	const rule: Line = [{text: ` ${glyphs.rule.repeat(columns)} `, tone: 'muted'}];
	return split === undefined ? rule : overlayLine(rule, split, [{text: glyphs.cross, tone: 'muted'}], frame.viewport.columns);
}

function tooSmall({viewport}: Frame): readonly BodyLine[] {
	const text = truncate(`Need ${smallest.columns}x${smallest.rows}, have ${viewport.columns}x${viewport.rows}`, viewport.columns);
	return filled([{line: [{text}], selected: false}], viewport.rows);
}

function filled(lines: readonly BodyLine[], rows: number): readonly BodyLine[] {
	const missing = Math.max(0, rows - lines.length);
	return [...lines.slice(0, rows), ...Array.from({length: missing}, (): BodyLine => ({line: fitLine([], 0), selected: false}))];
}
