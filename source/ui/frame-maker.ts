import {topScreen, type AppState} from '../core/app-state.ts';
import type {ActionContext} from '../core/action.ts';
import type {Clock} from '../core/clock.ts';
import type {Prompt} from '../core/prompt.ts';
import {sameContent} from '../core/same-content.ts';
import type {Frame, HeadFacts} from '../core/view.ts';
import type {Viewport} from '../core/viewport.ts';
import type {Session} from '../store/session.ts';
import type {Stage} from './stage.ts';

export type FrameTools = Readonly<{
	clock: Clock;
	stage: Pick<Stage, 'view' | 'changes'>;
	/** What row 1 says while no cluster is chosen. */
	noCluster: HeadFacts;
	/** Of the demo that runs. */
	demoStory(): string | undefined;
	catalogue(): ActionContext['catalogue'];
	choices(prompt: Prompt, context: ActionContext): Frame['choices'];
}>;

export type FrameParts = Readonly<{state: AppState; viewport: Viewport; session: Session | undefined}>;

/** Frames of what is known now; a frozen one keeps its data and counts what waits. */
export class FrameMaker {
	readonly #tools: FrameTools;
	/** How often the data had changed when the view was made. */
	#changesShown = 0;

	constructor(tools: FrameTools) {
		this.#tools = tools;
	}

	/** `before`: the frame on the screen, which a frozen one is made of. */
	make({state, viewport, session}: FrameParts, before: Frame | undefined): Frame {
		const {clock, catalogue, choices} = this.#tools;
		const held = state.frozen && before?.viewport === viewport && sameContent(topScreen(before.state), topScreen(state)) ? before : undefined;
		const now = held?.now ?? session?.now() ?? clock.now();
		const view = held?.view ?? this.#freshView(state, viewport, now);
		const frame: Frame = {
			state,
			view,
			head: this.#head(session),
			viewport,
			now,
			choices: [],
			...(state.frozen ? {waiting: this.waiting({state, viewport}, now)} : {}),
		};
		return state.prompt === undefined ? frame : {...frame, choices: choices(state.prompt, {frame, catalogue: catalogue(), bodyRows: 1})};
	}

	/** Changes of the data that the view on screen does not show. */
	waiting({state, viewport}: Omit<FrameParts, 'session'>, now: number): number {
		return Math.max(0, this.#tools.stage.changes(state, viewport, now) - this.#changesShown);
	}

	#freshView(state: AppState, viewport: Viewport, now: number): Frame['view'] {
		const {stage} = this.#tools;
		const view = stage.view(state, viewport, now);
		this.#changesShown = stage.changes(state, viewport, now);
		return view;
	}

	#head(session: Session | undefined): HeadFacts {
		if (!session) return this.#tools.noCluster;
		const {calls} = session.client;
		const story = this.#tools.demoStory();
		return {
			context: session.client.context,
			openRequests: calls.snapshot().reduce((open, call) => open + (call.endedAt === undefined ? 1 : 0), 0),
			...(session.version === undefined ? {} : {version: session.version}),
			...(session.user === undefined ? {} : {user: session.user}),
			...(story === undefined ? {} : {demoStory: story}),
		};
	}
}
