import type {LogContent} from './logs/log-text.ts';
import type {Prompt, Switches} from './prompt.ts';
import type {PolicyLevel} from './policy-level.ts';
import type {Screen} from './screen.ts';
import type {ExportFormat} from './export/shot.ts';
import type {ShareState} from './share/share-state.ts';
import type {Tone} from './tone.ts';
import type {TourPlace} from './tours/tour.ts';

export type Notice = Readonly<{tone: Tone; text: string; at: number}>;

/** Changes of the application's own state: carried out by the pure `update`. */
export type StateEffect =
	| Readonly<{type: 'open'; screen: Screen}>
	/** Replaces the whole stack by Overview and this screen (`:kind`, `g p`). */
	| Readonly<{type: 'go'; screen: Screen}>
	/** Peels one layer: dialog, prompt, marks, filter, screen. */
	| Readonly<{type: 'peel'}>
	| Readonly<{type: 'history'; step: -1 | 1}>
	| Readonly<{type: 'last-view'}>
	/** Another screen in the place of the one on top. */
	| Readonly<{type: 'replace'; screen: Screen}>
	/** Changes fields of the screen on top; a screen of another type is left alone. */
	| Readonly<{type: 'change'; screen: Partial<Screen> & Pick<Screen, 'type'>}>
	| Readonly<{type: 'notice'; tone: Tone; text: string}>
	| Readonly<{type: 'prompt'; prompt: Prompt['kind']; text?: string}>
	/** `again`: the open dialog says something else now; what was typed into it stays. */
	| Readonly<{type: 'ask'; dialog: Dialog; again?: true}>
	| Readonly<{type: 'namespace'; namespace: string | undefined}>
	| Readonly<{type: 'theme'; name: string}>
	| Readonly<{type: 'switch'; to: Partial<Switches>}>
	| Readonly<{type: 'pending'; keys: readonly string[]; whichKey: boolean}>
	| Readonly<{type: 'edit'; prompt: Partial<Pick<Prompt, 'editor' | 'picked'>>}>
	| Readonly<{type: 'type'; typed: string}>
	/** Of the open dialog: the first line shown, and whether its answer is to be remembered. */
	| Readonly<{type: 'dialog'; to: Readonly<{top?: number; remembered?: boolean}>}>
	/** Closes the prompt or dialog and leaves its effect in place. */
	| Readonly<{type: 'close'; remember?: string}>
	| Readonly<{type: 'level-set'; level: PolicyLevel}>
	| Readonly<{type: 'pin'}>
	/** Another place in the demo's tour; undefined ends it. */
	| Readonly<{type: 'tour'; place: TourPlace | undefined}>
	| Readonly<{type: 'tab'; index: number}>;

/** Things done outside the state: carried out by effects/. */
export type WorldEffect =
	| Readonly<{type: 'copy'; text: string; what: string}>
	| Readonly<{type: 'level'; level: PolicyLevel}>
	| Readonly<{type: 'context'; name: string}>
	/** Opens the cluster of another kubeconfig file, or the demo. */
	| Readonly<{type: 'connect'; kubeconfig?: string; demo?: string}>
	/** Retries what is waiting to reconnect, reads again what is on screen. */
	| Readonly<{type: 'reload'}>
	/** For what feeds the page on screen: `save` of the logs, `run` of the probes. A page that knows no such command ignores it. */
	| Readonly<{type: 'page-command'; command: string; words?: readonly string[]}>
	/** Writes lines to a file of the user's own; one that is there is replaced only after a question. */
	| Readonly<{type: 'save'; path: string; content: LogContent; what: string; replace?: boolean}>
	/** Lends the terminal to a command of the user's shell, with the text as its input. */
	| Readonly<{type: 'pipe'; command: string; text: string}>
	/** Turns the mode in which people watch on, with what it masks besides secrets, or off. */
	| Readonly<{type: 'share'; share: ShareState | undefined}>
	/** Writes the frame, masked, to a new file. */
	| Readonly<{type: 'export'; format: ExportFormat}>
	/** Begins or ends a recording of the frames, masked. */
	| Readonly<{type: 'record'; on: boolean}>
	| Readonly<{type: 'redraw'}>
	| Readonly<{type: 'suspend'}>
	/** Quits at the second time within 2 s. */
	| Readonly<{type: 'ask-quit'}>
	| Readonly<{type: 'quit'}>;

export type Effect = StateEffect | WorldEffect;

/** A question over the screen. `word`: what must be typed for Enter to do it; without it Enter does. */
export type Dialog = Readonly<{
	title: string;
	lines: readonly string[];
	word?: string;
	confirm: string;
	keep: string;
	effects: readonly Effect[];
	/** `y` chooses it, Enter does it as well: not to be asked again. */
	remember?: Readonly<{title: string; effects: readonly Effect[]}>;
	/** Other ways to do it. The dialog is about the one that is picked; Tab, or a digit, asks about another one and does nothing yet. */
	choices?: readonly DialogChoice[];
}>;

/** `note`: why it cannot be chosen, in a word or two. */
export type DialogChoice = Readonly<{title: string; picked: boolean; note?: string; effects: readonly Effect[]}>;
