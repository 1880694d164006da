import type {Prompt, Switches} from './prompt.ts';
import type {PolicyLevel} from './policy-level.ts';
import type {Screen} from './screen.ts';
import type {Tone} from './tone.ts';

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
	| Readonly<{type: 'ask'; dialog: Dialog}>
	| Readonly<{type: 'namespace'; namespace: string | undefined}>
	| Readonly<{type: 'theme'; name: string}>
	| Readonly<{type: 'switch'; to: Partial<Switches>}>
	| Readonly<{type: 'pending'; keys: readonly string[]; whichKey: boolean}>
	| Readonly<{type: 'edit'; prompt: Partial<Pick<Prompt, 'editor' | 'picked'>>}>
	| Readonly<{type: 'type'; typed: string}>
	/** Closes the prompt or dialog and leaves its effect in place. */
	| Readonly<{type: 'close'; remember?: string}>
	| Readonly<{type: 'level-set'; level: PolicyLevel}>
	| Readonly<{type: 'pin'}>
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
}>;
