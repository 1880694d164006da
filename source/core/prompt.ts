import type {EditorState} from './editor.ts';

/** The line being typed, and what for. */
export type Prompt = Readonly<{
	kind: 'command' | 'filter' | 'palette' | 'actions' | 'search';
	editor: EditorState;
	/** The picked line of the palette or of the completions. */
	picked: number;
	/** The filter in force before: it comes back on Esc. */
	before: string;
}>;

/** How things are shown: what the user turns on and off. */
export type Switches = Readonly<{
	times: 'age' | 'utc' | 'local';
	motion: boolean;
	header: boolean;
	crumbs: boolean;
	/** The live preview beside a table; undefined: by width (from 140 columns). */
	split: boolean | undefined;
	/** `:freeze`: the screen holds still. */
	frozen: boolean;
}>;
