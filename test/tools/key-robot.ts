import {allActions} from '../../source/actions/all-actions.ts';
import {commands} from '../../source/commands/index.ts';
import {type AppState, topScreen} from '../../source/core/app-state.ts';
import type {WorldEffect} from '../../source/core/effect.ts';
import {bindingsOf} from '../../source/core/keymap.ts';
import type {Frame} from '../../source/core/view.ts';
import {Controller, type ControllerOptions} from '../../source/ui/controller.ts';
import {createFakeClock, type FakeClock} from './fake-clock.ts';
import {catalogue} from './frames.ts';

export type KeyRobot = Readonly<{
	controller: Controller;
	clock: FakeClock;
	/** What went out of the state: carried out by nobody. */
	world: WorldEffect[];
	/** How many frames were published. */
	frames(): number;
	/** Presses keys as bytes, each text as one chunk of input. */
	press(...chunks: readonly string[]): void;
	state(): AppState;
	notice(): string | undefined;
}>;

/** A controller over views that stand still: `viewOf` gives what the screen on top shows, `changes` how often its data has changed. */
export function keyRobot(
	frame: Frame,
	options: Partial<ControllerOptions> & Readonly<{viewOf?(state: AppState): Frame['view']; changes?(): number}> = {},
): KeyRobot {
	const {viewOf = () => frame.view, changes = () => 0, ...more} = options;
	const clock = createFakeClock(frame.now);
	const world: WorldEffect[] = [];
	let frames = 0;
	const controller = new Controller({
		clock,
		stage: {view: viewOf, adopt: () => {}, changes},
		state: frame.state,
		viewport: frame.viewport,
		actions: allActions,
		bindings: bindingsOf(allActions),
		promptTools: {
			commands,
			catalogue: () => catalogue,
			aliases: {crash: 'pods /status=CrashLoopBackOff'},
			words: () => ({namespaces: ['data', 'shop'], contexts: ['prod-eu1', 'lab'], themes: ['dark', 'light', 'mono'], stories: ['healthy']}),
		},
		digits: 'namespaces',
		noCluster: frame.head,
		demoStory: () => undefined,
		world: effect => void world.push(effect),
		...more,
	});
	controller.subscribe(() => frames++);
	return {
		controller,
		clock,
		world,
		frames: () => frames,
		press: (...chunks) => {
			for (const chunk of chunks) controller.press(chunk, {});
		},
		state: () => controller.state,
		notice: () => (controller.state.noticeShown ? controller.state.notices.at(-1)?.text : undefined),
	};
}

/** The screen on top, as a test compares it. */
export function topOf(robot: KeyRobot): ReturnType<typeof topScreen> {
	return topScreen(robot.state());
}
