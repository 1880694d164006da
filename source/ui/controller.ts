import type {Action, ActionContext} from '../core/action.ts';
import {type AppState, topScreen} from '../core/app-state.ts';
import type {Clock} from '../core/clock.ts';
import type {Effect, StateEffect, WorldEffect} from '../core/effect.ts';
import {followRows} from '../core/follow-rows.ts';
import {rowsOf} from '../core/frame-rows.ts';
import {type Chord, type Key, type KeyFlags, splitKeys} from '../core/keys.ts';
import {type Binding, resolve} from '../core/keymap.ts';
import {scrollRoom} from '../core/page.ts';
import {focusIndex, inView, pageTop} from '../core/page-focus.ts';
import {plainMask} from '../core/share/mask-text.ts';
import {didText, isJourney, type Step} from '../core/share/did-text.ts';
import {pressedWith, typingHidden} from '../core/share/share-state.ts';
import {sameContent} from '../core/same-content.ts';
import type {Live} from '../core/live.ts';
import {update} from '../core/update.ts';
import type {Frame, HeadFacts} from '../core/view.ts';
import type {Viewport} from '../core/viewport.ts';
import type {Session} from '../store/session.ts';
import {dialogKey} from './dialog-keys.ts';
import {crumbOf} from './frame/crumb-line.ts';
import {secondsMatter} from './frame/seconds-matter.ts';
import {keyLabel} from './frame/hint-line.ts';
import {PromptKeys, type PromptTools} from './prompt-keys.ts';
import type {Stage} from './stage.ts';

/** The which-key box opens this long after a leader key. */
const whichKeyMs = 300;
/** While people watch, another screen comes this much later. */
const journeyMs = 150;
/** The largest count: more rows than any table has. */
const mostCount = 9_999_999;

export type ControllerOptions = Readonly<{
	clock: Clock;
	stage: Pick<Stage, 'view' | 'adopt' | 'changes'>;
	state: AppState;
	viewport: Viewport;
	actions: readonly Action[];
	bindings: readonly Binding[];
	promptTools: Omit<PromptTools, 'actions' | 'bindings'>;
	/** What digits do in tables; on pages those without a meaning of their own always count. */
	digits: 'namespaces' | 'count';
	/** What row 1 says while no cluster is chosen. */
	noCluster: HeadFacts;
	/** Of the demo that runs. */
	demoStory(): string | undefined;
	/** Carries out what is not state; its answers come back through `dispatch`. */
	world(effect: WorldEffect, dispatch: (effects: readonly Effect[]) => void): void;
}>;

/** Keys in, effects carried out, frames out: the one place where the application's state changes. */
export class Controller implements Live<Frame> {
	readonly #options: ControllerOptions;
	readonly #listeners = new Set<() => void>();
	readonly #prompt: PromptKeys;
	#state: AppState;
	#viewport: Viewport;
	#session: Session | undefined;
	#frame: Frame;
	/** How often the data had changed when the view was made. */
	#changesShown = 0;
	#whichKey: Disposable | undefined;
	#pendingInput = '';
	#journey: Readonly<{effects: readonly Effect[]; timer: Disposable}> | undefined;

	constructor(options: ControllerOptions) {
		this.#options = options;
		this.#state = options.state;
		this.#viewport = options.viewport;
		this.#prompt = new PromptKeys({...options.promptTools, actions: options.actions, bindings: options.bindings}, options.clock, effects =>
			this.dispatch(effects),
		);
		this.#frame = this.#makeFrame();
	}

	snapshot = (): Frame => this.#frame;

	subscribe = (changed: () => void): (() => void) => {
		this.#listeners.add(changed);
		return () => this.#listeners.delete(changed);
	};

	get state(): AppState {
		return this.#state;
	}
	get session(): Session | undefined {
		return this.#session;
	}

	/** Another cluster: the stack starts anew, the old session is the caller's to end. */
	adopt(session: Session | undefined, state: Partial<AppState>): void {
		this.#session = session;
		this.#options.stage.adopt(session);
		this.#state = {...this.#state, frozen: false, ...state};
		this.refresh();
	}

	/** Does anything on screen change with every second? */
	secondsMatter(): boolean {
		return secondsMatter(this.#frame, this.#bodyRows());
	}

	/** The cursor stays on the screen, however small it has become. */
	resize(viewport: Viewport): void {
		this.#viewport = viewport;
		this.#publish();
		const {view, state} = this.#frame;
		const screen = topScreen(state);
		// A log keeps its own place: its `top` is a row, not a line.
		if (view.type !== 'page' || screen.type === 'table' || screen.type === 'logs') return;
		const room = Math.max(1, scrollRoom(view.page, this.#bodyRows()));
		const top = inView(focusIndex(view.page, screen.cursor), pageTop(view.page, screen, room), room);
		if (top !== screen.top) this.dispatch([{type: 'change', screen: {type: screen.type, top}}]);
	}

	/** The frame as an export shows it: what is structurally secret (values of variables, what was decoded) is not in it. */
	watchedFrame(): Frame {
		const {state, viewport, now} = this.#frame;
		return state.share === undefined ? {...this.#frame, view: this.#options.stage.view(state, viewport, now, plainMask)} : this.#frame;
	}

	/** A new frame from what is known now: data came, or the clock moved. A frozen screen only counts. */
	refresh = (): void => {
		if (this.#state.frozen && this.#waiting(this.#frame.now) === this.#frame.waiting) return;
		this.#publish();
	};

	/** One chunk of the terminal's input; all its keys make one frame. */
	press(chunk: string, flags: KeyFlags): void {
		const {chords, pending} = splitKeys(chunk, flags, this.#pendingInput);
		this.#pendingInput = pending;
		let changed = false;
		for (const input of chords) {
			this.#key(input);
			changed = true;
		}
		if (changed) this.#publish();
	}

	dispatch = (effects: readonly Effect[]): void => {
		this.#carryOut(effects);
		this.#publish();
	};

	#key(input: Key): void {
		this.#arrive();
		this.#state = {...this.#state, keysPressed: this.#state.keysPressed + 1};
		this.#show(input);
		if (this.#state.dialog) this.#depart(dialogKey(this.#state.dialog, input));
		else if (this.#state.prompt) this.#depart(this.#prompt.key(this.#state.prompt, input, this.#context()));
		else if (typeof input !== 'string') this.#carryOut(this.#prompt.paste(input.paste, this.#context()));
		else this.#chord(input);
		// The next key of the chunk refers to what this one made.
		this.#advance();
	}

	#chord(chord: Chord): void {
		const {pending, count} = this.#state;
		this.#whichKey?.[Symbol.dispose]();
		this.#whichKey = undefined;
		const found = resolve(this.#options.bindings, topScreen(this.#state).type, pending, chord);
		if (this.#counts(chord, found.type === 'miss')) {
			this.#state = {...this.#state, count: Math.min(mostCount, count * 10 + Number(chord))};
			return;
		}
		if (found.type === 'pending') {
			this.#wait(found.pending);
			return;
		}
		this.#state = {...this.#state, count: 0};
		// Esc peels one layer, and a number that was begun is one.
		if (chord === 'esc' && count > 0) return;
		if (pending.length > 0) this.#state = update(this.#state, {type: 'pending', keys: [], whichKey: false}, this.#options.clock.now());
		if (found.type === 'miss') {
			if (chord === 'esc') return;
			this.#notice(
				pending.length > 0
					? `There is no ${found.pending.map(keyLabel).join(' ')}. ? lists the keys of this screen`
					: `${keyLabel(chord)} does nothing here. ? lists the keys of this screen`,
			);
			return;
		}
		const action = this.#options.actions.find(({id}) => id === found.action);
		if (action) this.#run(action, count);
		else if (found.action.startsWith(':')) this.#depart(this.#prompt.run(found.action.slice(1), this.#context()));
	}

	/** Is this key a digit of a count? A leading 0 never is: it has a meaning of its own wherever it has one. */
	#counts(chord: Chord, unbound: boolean): boolean {
		const {pending, count} = this.#state;
		if (pending.length > 0 || !/^\d$/.test(chord) || (chord === '0' && count === 0)) return false;
		const screen = topScreen(this.#state);
		if (screen.type === 'table') return this.#options.digits === 'count';
		return unbound || (screen.type === 'object' && screen.fullScreen);
	}

	/** A leader key: the next one completes it; the which-key box says with what. */
	#wait(keys: readonly Chord[]): void {
		this.#state = update(this.#state, {type: 'pending', keys, whichKey: !this.#state.motion}, this.#options.clock.now());
		this.#whichKey = this.#options.clock.after(whichKeyMs, () => this.dispatch([{type: 'pending', keys, whichKey: true}]));
	}

	#run(action: Action, count: number): void {
		const context: ActionContext = count === 0 ? this.#context() : {...this.#context(), count};
		const reason = action.disabled?.(context);
		if (reason !== undefined) {
			this.#notice(reason);
			return;
		}
		this.#depart(action.run(context), action.group === 'move' ? undefined : action.title);
	}

	/** While people watch: the key, but nothing of what is typed into a field. */
	#show(input: Key): void {
		const {share, pressed, prompt, dialog} = this.#state;
		if (share === undefined) return;
		const isTyped = typeof input !== 'string' || ((prompt !== undefined || dialog?.word !== undefined) && (input.length === 1 || input === 'space'));
		this.#state = {...this.#state, pressed: pressedWith(pressed, isTyped ? typingHidden : keyLabel(input))};
	}

	/** Carries out what a key asked for; while people watch it is said, and another screen comes a moment later, so that eyes can follow. */
	#depart(effects: readonly Effect[], title?: string): void {
		if (this.#state.share === undefined) {
			this.#carryOut(effects);
			return;
		}
		const step = this.#stepOf(effects, title);
		const text = didText(step, screen => crumbOf(screen, this.#frame));
		if (text !== undefined) this.#state = {...this.#state, did: {at: this.#frame.now, text}};
		if (!isJourney(step)) {
			this.#carryOut(effects);
			return;
		}
		this.#journey = {effects, timer: this.#options.clock.after(journeyMs, () => this.#arrive(true))};
	}

	#stepOf(effects: readonly Effect[], title: string | undefined): Step {
		const before = this.#state;
		const now = this.#options.clock.now();
		const after = effects.reduce((state, effect) => (isWorld(effect) ? state : update(state, effect, now)), before);
		return {before, after, effects, title};
	}

	/** The screen that was to come a moment later comes now: the next key refers to it. */
	#arrive(publish = false): void {
		const journey = this.#journey;
		if (!journey) return;
		this.#journey = undefined;
		journey.timer[Symbol.dispose]();
		this.#carryOut(journey.effects);
		if (publish) this.#publish();
		else this.#advance();
	}

	#notice(text: string): void {
		this.#state = update(this.#state, {type: 'notice', tone: 'muted', text}, this.#options.clock.now());
	}

	#carryOut(effects: readonly Effect[]): void {
		for (const effect of effects) {
			if (isWorld(effect)) this.#options.world(effect, this.dispatch);
			else this.#state = update(this.#state, effect, this.#options.clock.now());
		}
	}

	#context(): ActionContext {
		return {frame: this.#frame, catalogue: this.#options.promptTools.catalogue(), bodyRows: this.#bodyRows()};
	}

	#bodyRows(): number {
		const {context} = this.#frame.head;
		return rowsOf(this.#viewport, this.#state, {banner: context.demo, table: topScreen(this.#state).type === 'table'}).body;
	}

	#makeFrame(): Frame {
		const held =
			this.#state.frozen && this.#frame.viewport === this.#viewport && sameContent(topScreen(this.#frame.state), topScreen(this.#state))
				? this.#frame
				: undefined;
		const now = held?.now ?? this.#session?.now() ?? this.#options.clock.now();
		const view = held?.view ?? this.#freshView(now);
		const frame: Frame = {
			state: this.#state,
			view,
			head: this.#head(),
			viewport: this.#viewport,
			now,
			choices: [],
			...(this.#state.frozen ? {waiting: this.#waiting(now)} : {}),
		};
		return this.#state.prompt === undefined
			? frame
			: {...frame, choices: this.#prompt.choices(this.#state.prompt, {frame, catalogue: this.#options.promptTools.catalogue(), bodyRows: 1})};
	}

	#freshView(now: number): Frame['view'] {
		const {stage} = this.#options;
		const view = stage.view(this.#state, this.#viewport, now);
		this.#changesShown = stage.changes(this.#state, this.#viewport, now);
		return view;
	}

	/** Changes of the data that the view on screen does not show. */
	#waiting(now: number): number {
		return Math.max(0, this.#options.stage.changes(this.#state, this.#viewport, now) - this.#changesShown);
	}

	#head(): HeadFacts {
		const session = this.#session;
		if (!session) return this.#options.noCluster;
		const {calls} = session.client;
		const story = this.#options.demoStory();
		return {
			context: session.client.context,
			openRequests: calls.snapshot().reduce((open, call) => open + (call.endedAt === undefined ? 1 : 0), 0),
			...(session.version === undefined ? {} : {version: session.version}),
			...(session.user === undefined ? {} : {user: session.user}),
			...(story === undefined ? {} : {demoStory: story}),
		};
	}

	/** The frame of what is known now; the cursor and the marks follow the rows that came and went since the last one. */
	#advance(): void {
		const before = this.#frame;
		this.#frame = this.#makeFrame();
		const followed = followRows(before, this.#frame);
		if (!followed) return;
		this.#state = update(this.#state, {type: 'change', screen: {type: 'table', ...followed}}, this.#options.clock.now());
		this.#frame = this.#makeFrame();
	}

	#publish(): void {
		this.#advance();
		for (const listener of this.#listeners) listener();
	}
}

const worldEffects: ReadonlySet<Effect['type']> = new Set<WorldEffect['type']>([
	'copy',
	'level',
	'context',
	'connect',
	'reload',
	'page-command',
	'share',
	'export',
	'record',
	'save',
	'pipe',
	'redraw',
	'suspend',
	'ask-quit',
	'quit',
]);

function isWorld(effect: StateEffect | WorldEffect): effect is WorldEffect {
	return worldEffects.has(effect.type);
}
