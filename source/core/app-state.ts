import type {Dialog, Notice} from './effect.ts';
import type {PolicyLevel} from './policy-level.ts';
import type {Prompt, Switches} from './prompt.ts';
import type {Screen} from './screen.ts';
import type {Did, ShareState} from './share/share-state.ts';
import type {TourPlace} from './tours/tour.ts';

/** All that is not data of a cluster: where one is, what is typed, how it is shown. Replaced, never changed. */
export type AppState = Switches &
	Readonly<{
		/** The screens one has gone through; the last is on top. Never empty. */
		stack: readonly Screen[];
		past: ReadonlyArray<readonly Screen[]>;
		future: ReadonlyArray<readonly Screen[]>;
		/** What tables show; undefined: all namespaces. */
		namespace: string | undefined;
		/** Digits 1-9. */
		favourites: readonly string[];
		prompt?: Prompt;
		dialog?: Dialog & Readonly<{typed: string; top: number; remembered: boolean}>;
		/** Keys of a sequence that has begun: `g`, `z`. */
		pending: readonly string[];
		/** The number being typed before a key; 0: none. */
		count: number;
		/** The which-key box stands. */
		whichKey: boolean;
		notices: readonly Notice[];
		/** The last notice is still in the status row. */
		noticeShown: boolean;
		history: readonly string[];
		pins: readonly Screen[];
		level: PolicyLevel;
		theme: string;
		/** Keys pressed so far: the first-run line goes after three. */
		keysPressed: number;
		/** People watch: secrets are masked, nothing can be changed, and what is done is said. */
		share?: ShareState | undefined;
		did?: Did;
		/** The walk through the demo's story, while it lasts. */
		tour?: TourPlace | undefined;
		/** The last keys, while people watch. */
		pressed: readonly string[];
	}>;

/** The screen on top. */
export function topScreen(state: AppState): Screen {
	return state.stack[state.stack.length - 1] ?? {type: 'overview', top: 0};
}

export function initialState(options: Readonly<Partial<AppState>> & Readonly<{stack: readonly Screen[]}>): AppState {
	return {
		past: [],
		future: [],
		namespace: 'default',
		favourites: [],
		pending: [],
		count: 0,
		whichKey: false,
		notices: [],
		noticeShown: false,
		history: [],
		pins: [],
		level: 'read',
		theme: 'dark',
		times: 'age',
		motion: true,
		header: true,
		crumbs: true,
		split: undefined,
		frozen: false,
		keysPressed: 0,
		pressed: [],
		...options,
	};
}
