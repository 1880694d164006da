import type {AppState} from '../core/app-state.ts';
import type {Clock} from '../core/clock.ts';
import type {Effect, StateEffect} from '../core/effect.ts';
import {update} from '../core/update.ts';
import {isWorldEffect} from './world-effect.ts';

/** The application's state, shared by those who turn keys into changes of it. */
export class StateHolder {
	readonly #clock: Clock;
	#state: AppState;

	constructor(state: AppState, clock: Clock) {
		this.#state = state;
		this.#clock = clock;
	}

	get state(): AppState {
		return this.#state;
	}

	/** Facts that no effect changes: what was pressed, which cluster it is. */
	set(part: Partial<AppState>): void {
		this.#state = {...this.#state, ...part};
	}

	update(effect: StateEffect): void {
		this.#state = update(this.#state, effect, this.#clock.now());
	}

	notice(text: string): void {
		this.update({type: 'notice', tone: 'muted', text});
	}

	/** The state as it would be after these effects; nothing changes. */
	after(effects: readonly Effect[]): AppState {
		const now = this.#clock.now();
		return effects.reduce((state, effect) => (isWorldEffect(effect) ? state : update(state, effect, now)), this.#state);
	}
}
