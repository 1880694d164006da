import type {ProbeRecord} from '../store/net/probe-record.ts';
import type {Action} from '../core/action.ts';
import type {AppState} from '../core/app-state.ts';
import type {Clock} from '../core/clock.ts';
import type {ContextsModel, StartModel} from '../core/contexts-model.ts';
import type {Effect} from '../core/effect.ts';
import type {StreamState} from '../core/feed.ts';
import type {Binding} from '../core/keymap.ts';
import type {Page, PageSetting} from '../core/page.ts';
import type {PageScreen} from '../core/screen.ts';
import type {ParsedDocument} from '../core/net/policy/what-if.ts';

/** What feeds a page while it is on screen. */
export type PageSource = Disposable &
	Readonly<{
		page(screen: PageScreen, setting: PageSetting): Page;
		stream?(): StreamState | undefined;
		/** How often its data has changed; without it what it draws is compared. */
		changes?(): number;
		/** Asks again what is asked only once (`r`). */
		reload?(): void;
		/** Carries out a `page-command` of the keys; one that it does not know is left alone. */
		command?(command: string, words: readonly string[]): void;
		/** It can go on behind another page; while it does it asks for no frames. Without this it ends when its page is left. */
		rest?(isResting: boolean): void;
	}>;

export type PageTools = Readonly<{
	clock: Clock;
	changed(): void;
	actions: readonly Action[];
	bindings: readonly Binding[];
	state(): AppState;
	/** Effects of the source's own making: a notice, a question. */
	dispatch(effects: readonly Effect[]): void;
	contexts: Readonly<{model(changed: () => void): ContextsModel; askAll(changed: () => void): Promise<void>; watch(changed: () => void): Disposable}>;
	/** Where a kubeconfig was looked for; only while there is none. */
	start: StartModel | undefined;
	/** Bytes that went to the terminal so far. */
	sentBytes?(): number;
	/** Lines that a log view holds at most, where the user's settings say so. */
	logLines?: number;
	/** What stands behind the probes of the Network screen; without it they are not pinned, no context is production, and nothing is logged. */
	probing?: ProbingTools;
}>;

export type ProbingTools = Readonly<{
	/** --read-only, or a setting: the level cannot be raised. */
	pinned: boolean;
	/** Probes that leave something in the cluster ask for the name of such a context. */
	isProduction(context: string): boolean;
	/** What ephemeral containers and pods of the probes are made of, and where pods are: of the user's settings. */
	image?: string;
	namespace?: string;
	/** Each command as it ends, for the local log. */
	record(entry: ProbeRecord): void;
	/** The documents of a YAML file of the user's own; rejects with a ProblemError. */
	readYaml(path: string): Promise<readonly ParsedDocument[]>;
}>;
