import type {Clock} from '../core/clock.ts';
import type {Effect} from '../core/effect.ts';
import type {Key} from '../core/keys.ts';
import {didText, isJourney} from '../core/share/did-text.ts';
import {pressedWith, typingHidden} from '../core/share/share-state.ts';
import type {Frame} from '../core/view.ts';
import {crumbOf} from './frame/crumb-line.ts';
import {keyLabel} from './frame/hint-line.ts';
import type {StateHolder} from './state-holder.ts';

/** While people watch, another screen comes this much later. */
const journeyMs = 150;

export type JourneyTools = Readonly<{
	clock: Clock;
	holder: StateHolder;
	/** What is on the screen. */
	frame(): Frame;
	carryOut(effects: readonly Effect[]): void;
	/** The screen that was to come has come: by itself, or before the next key, which refers to it. */
	arrived(by: 'itself' | 'key'): void;
}>;

/** What people who watch are shown of keys: which was pressed, what it did, and another screen only a moment later, so that eyes can follow. */
export class Journey {
	readonly #tools: JourneyTools;
	#under: Readonly<{effects: readonly Effect[]; timer: Disposable}> | undefined;

	constructor(tools: JourneyTools) {
		this.#tools = tools;
	}

	/** The key, but nothing of what is typed into a field. */
	show(input: Key): void {
		const {holder} = this.#tools;
		const {share, pressed, prompt, dialog} = holder.state;
		if (share === undefined) return;
		const isTyped = typeof input !== 'string' || ((prompt !== undefined || dialog?.word !== undefined) && (input.length === 1 || input === 'space'));
		holder.set({pressed: pressedWith(pressed, isTyped ? typingHidden : keyLabel(input))});
	}

	/** Carries out what a key asked for: at once, or while people watch with a word on it and, where it leads elsewhere, a moment later. */
	depart(effects: readonly Effect[], title?: string): void {
		const {clock, holder, frame, carryOut} = this.#tools;
		if (holder.state.share === undefined) {
			carryOut(effects);
			return;
		}
		const step = {before: holder.state, after: holder.after(effects), effects, title};
		const text = didText(step, screen => crumbOf(screen, frame()));
		if (text !== undefined) holder.set({did: {at: frame().now, text}});
		if (isJourney(step)) this.#under = {effects, timer: clock.after(journeyMs, () => this.arrive('itself'))};
		else carryOut(effects);
	}

	/** Ends the wait for another screen, where there is one. */
	arrive(by: 'itself' | 'key'): void {
		const under = this.#under;
		if (!under) return;
		this.#under = undefined;
		under.timer[Symbol.dispose]();
		this.#tools.carryOut(under.effects);
		this.#tools.arrived(by);
	}
}
