import type {Catalogue} from './catalogue.ts';
import type {Effect} from './effect.ts';
import type {Screen} from './screen.ts';
import type {Frame} from './view.ts';

/** What an action may look at: the frame the user saw when pressing the key. */
export type ActionContext = Readonly<{
	frame: Frame;
	catalogue: Catalogue;
	/** Lines of the body: how far a page move goes. */
	bodyRows: number;
	/** The number typed before the key: `5j`, `42G`. */
	count?: number;
}>;

/** A thing a key does. Help, hint bar, palette and the `.` menu are views of the list of these. */
export type Action = Readonly<{
	id: string;
	title: string;
	/** One or two words for the hint bar; without it the action is not there. Lower `hintOrder` comes first. */
	hint?: string;
	hintOrder?: number;
	/** Is the hint of use on what is on screen? Without this wherever the action is. */
	hintFor?(frame: Frame): boolean;
	on: ReadonlyArray<Screen['type'] | 'any'>;
	/** Chords or sequences of them: `j`, `g g`, `ctrl-f`. The first is the one shown. */
	keys: readonly string[];
	/** Where help lists it. */
	group: 'go' | 'move' | 'view' | 'sort' | 'table' | 'object' | 'copy' | 'general';
	/** Why it cannot be done now, as the user reads it. */
	disabled?(context: ActionContext): string | undefined;
	/** Decides; does nothing. */
	run(context: ActionContext): readonly Effect[];
}>;
