import type {Action, ActionContext} from '../core/action.ts';
import {type AppState, topScreen} from '../core/app-state.ts';
import type {Clock} from '../core/clock.ts';
import type {Effect, WorldEffect} from '../core/effect.ts';
import {followRows} from '../core/follow-rows.ts';
import {rowsOf} from '../core/frame-rows.ts';
import {type Key, type KeyFlags, splitKeys} from '../core/keys.ts';
import type {Binding} from '../core/keymap.ts';
import type {Live} from '../core/live.ts';
import {scrollRoom} from '../core/page.ts';
import {focusIndex, inView, pageTop} from '../core/page-focus.ts';
import {plainMask} from '../core/share/mask-text.ts';
import type {Frame, HeadFacts} from '../core/view.ts';
import type {Viewport} from '../core/viewport.ts';
import type {Session} from '../store/session.ts';
import {ChordKeys} from './chord-keys.ts';
import {dialogKey} from './dialog-keys.ts';
import {secondsMatter} from './frame/seconds-matter.ts';
import {FrameMaker, type FrameParts} from './frame-maker.ts';
import {Journey} from './journey.ts';
import {PromptKeys, type PromptTools} from './prompt-keys.ts';
import type {Stage} from './stage.ts';
import {StateHolder} from './state-holder.ts';
import {isWorldEffect} from './world-effect.ts';

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
	readonly #holder: StateHolder;
	readonly #prompt: PromptKeys;
	readonly #chords: ChordKeys;
	readonly #journey: Journey;
	readonly #frames: FrameMaker;
	#viewport: Viewport;
	#session: Session | undefined;
	#frame: Frame;
	#pendingInput = '';

	constructor(options: ControllerOptions) {
		const {clock, actions, bindings, promptTools} = options;
		this.#options = options;
		this.#holder = new StateHolder(options.state, clock);
		this.#viewport = options.viewport;
		this.#prompt = new PromptKeys({...promptTools, actions, bindings}, clock, effects => this.dispatch(effects));
		this.#journey = new Journey({
			clock,
			holder: this.#holder,
			frame: () => this.#frame,
			carryOut: effects => this.#carryOut(effects),
			arrived: by => (by === 'itself' ? this.#publish() : this.#advance()),
		});
		this.#chords = new ChordKeys({
			...options,
			holder: this.#holder,
			context: () => this.#context(),
			runLine: line => this.#prompt.run(line, this.#context()),
			depart: (effects, title) => this.#journey.depart(effects, title),
			dispatch: effects => this.dispatch(effects),
		});
		this.#frames = new FrameMaker({...options, catalogue: promptTools.catalogue, choices: (prompt, context) => this.#prompt.choices(prompt, context)});
		this.#frame = this.#frames.make(this.#parts(), undefined);
	}

	get #state(): AppState {
		return this.#holder.state;
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
		this.#holder.set({frozen: false, ...state});
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
		this.#journey.arrive('key');
		this.#holder.set({keysPressed: this.#state.keysPressed + 1});
		this.#journey.show(input);
		if (this.#state.dialog) this.#journey.depart(dialogKey(this.#state.dialog, input));
		else if (this.#state.prompt) this.#journey.depart(this.#prompt.key(this.#state.prompt, input, this.#context()));
		else if (typeof input !== 'string') this.#carryOut(this.#prompt.paste(input.paste, this.#context()));
		else this.#chords.key(input);
		// The next key of the chunk refers to what this one made.
		this.#advance();
	}

	#carryOut(effects: readonly Effect[]): void {
		for (const effect of effects) {
			if (isWorldEffect(effect)) this.#options.world(effect, this.dispatch);
			else this.#holder.update(effect);
		}
	}

	#context(): ActionContext {
		return {frame: this.#frame, catalogue: this.#options.promptTools.catalogue(), bodyRows: this.#bodyRows()};
	}

	#bodyRows(): number {
		const {context} = this.#frame.head;
		return rowsOf(this.#viewport, this.#state, {banner: context.demo, table: topScreen(this.#state).type === 'table'}).body;
	}

	#parts(): FrameParts {
		return {state: this.#state, viewport: this.#viewport, session: this.#session};
	}

	/** Changes of the data that the view on screen does not show. */
	#waiting(now: number): number {
		return this.#frames.waiting(this.#parts(), now);
	}

	/** The frame of what is known now; the cursor and the marks follow the rows that came and went since the last one. */
	#advance(): void {
		const before = this.#frame;
		this.#frame = this.#frames.make(this.#parts(), before);
		const followed = followRows(before, this.#frame);
		if (!followed) return;
		this.#holder.update({type: 'change', screen: {type: 'table', ...followed}});
		this.#frame = this.#frames.make(this.#parts(), this.#frame);
	}

	#publish(): void {
		this.#advance();
		for (const listener of this.#listeners) listener();
	}
}
