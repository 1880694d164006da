import type {Action, ActionContext} from '../core/action.ts';
import {topScreen} from '../core/app-state.ts';
import type {Clock} from '../core/clock.ts';
import type {Effect} from '../core/effect.ts';
import type {Chord} from '../core/keys.ts';
import {type Binding, resolve} from '../core/keymap.ts';
import {keyLabel} from './frame/hint-line.ts';
import type {StateHolder} from './state-holder.ts';

/** The which-key box opens this long after a leader key. */
const whichKeyMs = 300;
/** The largest count: more rows than any table has. */
const mostCount = 9_999_999;

export type ChordTools = Readonly<{
	clock: Clock;
	holder: StateHolder;
	actions: readonly Action[];
	bindings: readonly Binding[];
	/** What digits do in tables; on pages those without a meaning of their own always count. */
	digits: 'namespaces' | 'count';
	context(): ActionContext;
	/** What a line of the command prompt asks for. */
	runLine(line: string): readonly Effect[];
	/** Takes what a key asked for; `title`: of the action, where it is worth a word. */
	depart(effects: readonly Effect[], title?: string): void;
	/** Takes what comes later, by a timer. */
	dispatch(effects: readonly Effect[]): void;
}>;

/** Keys outside of prompts and dialogs: bindings, sequences with their which-key box, counts. */
export class ChordKeys {
	readonly #tools: ChordTools;
	#whichKey: Disposable | undefined;

	constructor(tools: ChordTools) {
		this.#tools = tools;
	}

	/** Carries out what the chord does on the screen on top. */
	key(chord: Chord): void {
		const {holder, actions, bindings} = this.#tools;
		const {pending, count} = holder.state;
		this.#whichKey?.[Symbol.dispose]();
		this.#whichKey = undefined;
		const found = resolve(bindings, topScreen(holder.state).type, pending, chord);
		if (this.#counts(chord, found.type === 'miss')) {
			holder.set({count: Math.min(mostCount, count * 10 + Number(chord))});
			return;
		}
		if (found.type === 'pending') {
			this.#wait(found.pending);
			return;
		}
		holder.set({count: 0});
		// Esc peels one layer, and a number that was begun is one.
		if (chord === 'esc' && count > 0) return;
		if (pending.length > 0) holder.update({type: 'pending', keys: [], whichKey: false});
		if (found.type === 'miss') {
			if (chord !== 'esc') holder.notice(missText(chord, pending.length > 0 ? found.pending : []));
			return;
		}
		const action = actions.find(({id}) => id === found.action);
		if (action) this.#run(action, count);
		else if (found.action.startsWith(':')) this.#tools.depart(this.#tools.runLine(found.action.slice(1)));
	}

	/** Is this key a digit of a count? A leading 0 never is: it has a meaning of its own wherever it has one. */
	#counts(chord: Chord, unbound: boolean): boolean {
		const {holder, digits} = this.#tools;
		const {pending, count} = holder.state;
		if (pending.length > 0 || !/^\d$/.test(chord) || (chord === '0' && count === 0)) return false;
		const screen = topScreen(holder.state);
		if (screen.type === 'table') return digits === 'count';
		return unbound || (screen.type === 'object' && screen.fullScreen);
	}

	/** A leader key: the next one completes it; the which-key box says with what. */
	#wait(keys: readonly Chord[]): void {
		const {clock, holder, dispatch} = this.#tools;
		holder.update({type: 'pending', keys, whichKey: !holder.state.motion});
		this.#whichKey = clock.after(whichKeyMs, () => dispatch([{type: 'pending', keys, whichKey: true}]));
	}

	#run(action: Action, count: number): void {
		const {holder, depart} = this.#tools;
		const here = this.#tools.context();
		const context: ActionContext = count === 0 ? here : {...here, count};
		const reason = action.disabled?.(context);
		if (reason === undefined) depart(action.run(context), action.group === 'move' ? undefined : action.title);
		else holder.notice(reason);
	}
}

/** `begun`: the keys of a sequence that led nowhere. */
function missText(chord: Chord, begun: readonly Chord[]): string {
	const said = begun.length > 0 ? `There is no ${begun.map(keyLabel).join(' ')}.` : `${keyLabel(chord)} does nothing here.`;
	return `${said} ? lists the keys of this screen`;
}
