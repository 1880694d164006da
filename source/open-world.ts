import process from 'node:process';
import {render} from 'ink';
import {createElement} from 'react';
import {allActions as actions} from './actions/all-actions.ts';
import {commands} from './commands/index.ts';
import type {Connection, ConnectOptions} from './connect.ts';
import type {Action} from './core/action.ts';
import {initialState} from './core/app-state.ts';
import {levelDialog} from './core/level-dialog.ts';
import type {Clock} from './core/clock.ts';
import type {Effect} from './core/effect.ts';
import type {ContextInfo} from './core/cluster-client.ts';
import {asciiGlyphs, type Glyphs, unicodeGlyphs} from './core/glyphs.ts';
import type {ScreenInvocation} from './core/invocation.ts';
import {type Binding, remap} from './core/keymap.ts';
import type {Screen} from './core/screen.ts';
import type {Settings} from './core/settings.ts';
import {storyNames} from './core/story-names.ts';
import {createPainter, type Painter} from './core/style.ts';
import type {Theme} from './core/theme.ts';
import {runEffect, type World} from './effects/run.ts';
import type {UserSettings} from './read-user-settings.ts';
import {resourceKinds} from './resources/index.ts';
import {Pulse, type Tier} from './store/pulse.ts';
import {Session} from './store/session.ts';
import {clipboardWriter} from './system/clipboard-writer.ts';
import {colourDepth, type Environment} from './system/environment.ts';
import type {ByteWriter} from './system/fd-writer.ts';
import type {Log} from './system/log.ts';
import {StdoutFilter} from './system/stdout-filter.ts';
import {canDrawUnicode} from './system/terminal.ts';
import type {TerminalAnswers} from './system/terminal-answers.ts';
import {guardTerminal} from './system/terminal-guard.ts';
import {themes} from './themes/index.ts';
import {App} from './ui/app.tsx';
import type {SuspendTerminal} from './ui/input.tsx';
import {Controller} from './ui/controller.ts';
import {Stage} from './ui/stage.ts';
import {startScreens} from './ui/start-screens.ts';
import {Switcher} from './switcher.ts';

export type OpenWorldOptions = Readonly<{
	invocation: ScreenInvocation;
	environment: Environment;
	clock: Clock;
	writer: ByteWriter;
	answers: TerminalAnswers;
	connection: Connection;
	connectOptions: ConnectOptions;
	user: UserSettings;
	log: Log;
}>;

/** The link's pace by the terminal's round trip (screens.md 8). */
function tierOf(options: OpenWorldOptions): Tier {
	const {roundTripMs} = options.answers;
	if (options.invocation.screen.slow || (roundTripMs !== undefined && roundTripMs > 200)) return 'slow';
	return options.environment.isSsh || (roundTripMs !== undefined && roundTripMs > 20) ? 'ssh' : 'local';
}

/** What stdout may hold back before data frames wait. */
const stdoutFullBytes = 64 * 1024;
const quitWithinMs = 2000;

/** The context row 1 speaks of while no cluster is chosen. */
const noContext: ContextInfo = {name: 'no cluster', cluster: '', user: '', namespace: 'default', server: '', source: '', demo: false};

/** Builds the whole program and starts it; `ended` resolves with the exit code. */
export async function openWorld(options: OpenWorldOptions): Promise<Readonly<{ended: Promise<number>}>> {
	const {clock, connection, user, environment, answers, invocation} = options;
	const ending = Promise.withResolvers<number>();
	const filter = new StdoutFilter({terminal: process.stdout, writer: options.writer, synchronized: answers.synchronizedOutput, lost: () => guard.lost()});
	const tier = tierOf(options);
	const pulse = new Pulse({clock, tier: () => tier, blocked: () => filter.writableLength > stdoutFullBytes});
	const glyphs: Glyphs = !invocation.screen.ascii && user.settings.ascii !== true && canDrawUnicode(environment, answers) ? unicodeGlyphs : asciiGlyphs;
	const bindings = remap(defaultBindings(actions), user.settings.keys);
	const switcher = new Switcher({connection, connectOptions: options.connectOptions, makeSession: client => new Session({client, kinds: resourceKinds, clock, pulse})});
	let lend: SuspendTerminal = async borrow => borrow();
	let lastQuitAt = Number.NEGATIVE_INFINITY;
	const refreshSoon = (): void => pulse.request(controllerRefresh);
	const stage = new Stage({
		clock, glyphs, changed: refreshSoon, settings: user.settings,
		pageTools: {
			clock, changed: refreshSoon, actions, bindings, state: () => controller.state, start: connection.type === 'none' ? connection.start : undefined,
			contexts: {model: changed => switcher.contexts(changed), askAll: changed => switcher.askAll(changed)},
		},
	});
	const controller = new Controller({
		clock, stage, actions, bindings,
		viewport: {columns: filter.columns ?? 80, rows: filter.rows ?? 24},
		state: initialState({
			stack: connection.type === 'none' ? [{type: 'start', top: 0}] : [{type: 'overview', top: 0}],
			level: options.connectOptions.level, theme: themeName(options), times: user.settings.times ?? 'age', motion: user.settings.motion !== false && !environment.reduceMotion && invocation.screen.motion,
			notices: user.problems.map(text => ({tone: 'warning', text, at: clock.now()})), noticeShown: user.problems.length > 0,
		}),
		noCluster: {context: noContext, openRequests: 0},
		promptTools: {
			commands, catalogue: () => switcher.catalogue(), aliases: user.settings.aliases,
			words: () => ({namespaces: switcher.namespaces(), contexts: switcher.contextNames(), themes: themes.map(({name}) => name), stories: storyNames}),
		},
		demoStory: () => switcher.story,
		world: (effect, dispatch) => void runEffect(effect, world, dispatch),
	});
	const controllerRefresh = (): void => controller.refresh();
	const instanceOptions = {stdin: process.stdin, stdout: filter, alternateScreen: true, incrementalRendering: true, maxFps: 30, exitOnCtrlC: false, patchConsole: false, interactive: true} as const;
	const painters = new Map<string, Painter>();
	const painterOf = (name: string): Painter => {
		const found = painters.get(name) ?? createPainter(themeOf(name), depthOf(name, environment));
		painters.set(name, found);
		return found;
	};
	const guard = guardTerminal({
		process, input: process.stdin, output: filter, clock,
		leaving: (reason, error) => options.log.write(error === undefined ? 'info' : 'error', `leaving: ${reason}`, error === undefined ? {} : {error: String(error), stack: error instanceof Error ? (error.stack ?? '') : ''}),
		crashText: error => `k8tui stopped because of a bug: ${error instanceof Error ? error.message : String(error)}. The log holds the details: ${options.log.path}\n`,
		suspendAsked: () => void world.suspend(),
	});
	const world: World = {
		session: () => controller.session,
		copy: clipboardWriter({environment, filter, clock}),
		connect: async to => {
			const opened = await switcher.open(to, controller.state.level);
			const before = controller.session;
			adopt(opened);
			await before?.[Symbol.asyncDispose]();
		},
		refresh: () => stage.reload(),
		redraw: () => redraw(),
		suspend: () => lend(() => guard.stop()),
		quit: () => ending.resolve(0),
		quitConfirmed: () => {
			const again = clock.now() - lastQuitAt < quitWithinMs;
			lastQuitAt = clock.now();
			return again;
		},
	};
	const adopt = (session: Session, stack: readonly Screen[] = [{type: 'overview', top: 0}]): void => {
		session.onChange(refreshSoon);
		const {namespace} = session.client.context;
		controller.adopt(session, {stack, past: [], future: [], namespace: invocation.selection.allNamespaces ? undefined : namespace, favourites: favouritesOf(user.settings, session.client.context.name, namespace), level: session.client.level()});
		session.start();
	};
	const instance = render(createElement(App, {controller, compose: {glyphs, actions, bindings}, painterOf, crashed: error => guard.crash(error), lender: to => {
		lend = to;
	}}), instanceOptions);
	const redraw = (): void => {
		instance.clear();
		controller.refresh();
	};
	filter.on('resize', () => controller.resize({columns: filter.columns ?? 80, rows: filter.rows ?? 24}));
	if (connection.type === 'connected') {
		const first = switcher.first();
		const {namespace} = first.client.context;
		const named = startScreens(invocation.selection, first.catalogue, invocation.selection.allNamespaces ? undefined : namespace, false);
		adopt(first, [{type: 'overview', top: 0}, ...(named === 'later' ? [] : named)]);
		if (named === 'later') openWhenKnown(controller, invocation, first);
		if (invocation.screen.level === 'write') controller.dispatch([{type: 'ask', dialog: levelDialog('write', controller.state.level, first.client.context)}]);
	}
	const ticking = tick(clock, controllerRefresh);
	const ended = ending.promise.then(async code => {
		ticking[Symbol.dispose]();
		instance.unmount();
		guard.restore();
		await controller.session?.[Symbol.asyncDispose]();
		return code;
	});
	return {ended};
}

/** Ages and the clock move once a second, together. */
function tick(clock: Clock, run: () => void): Disposable {
	let waiting: Disposable | undefined;
	const next = (): void => {
		waiting = clock.after(1000 - (clock.now() % 1000), () => {
			run();
			next();
		});
	};
	next();
	return {[Symbol.dispose]: () => waiting?.[Symbol.dispose]()};
}

/** The kind named on the command line may be one that only the server knows: its view opens once discovery has told. */
function openWhenKnown(controller: Controller, {selection}: ScreenInvocation, session: Session): void {
	const stop = session.onChange(() => {
		const screens = startScreens(selection, session.catalogue, controller.state.namespace, session.discovery !== undefined);
		if (screens === 'later') return;
		stop();
		const unknown: Effect = {type: 'notice', tone: 'warning', text: `There is no kind ${selection.targets[0]?.kind ?? ''} in this cluster. Ctrl-A lists the kinds`};
		controller.dispatch(screens.length === 0 ? [unknown] : screens.map(screen => ({type: 'open', screen}) as const));
	});
}

/** What the digits reach: the user's namespaces of this context, else those of all contexts, else the context's own. */
function favouritesOf(settings: Settings, context: string, own: string): readonly string[] {
	const named = settings.contexts[context]?.namespaces ?? [];
	return named.length > 0 ? named : settings.namespaces.length > 0 ? settings.namespaces : [own];
}

function defaultBindings(all: readonly Action[]): readonly Binding[] {
	return all.flatMap(action => action.keys.flatMap(keys => action.on.map(on => ({keys, action: action.id, on}))));
}

function themeOf(name: string): Theme {
	const theme = themes.find(candidate => candidate.name === name) ?? themes[0];
	if (!theme) throw new Error('there is no theme');
	return theme;
}

function themeName(options: OpenWorldOptions): string {
	return options.invocation.screen.theme ?? options.user.settings.theme ?? (options.answers.appearance === 'light' ? 'light' : 'dark');
}

function depthOf(theme: string, environment: Environment): ReturnType<typeof colourDepth> {
	return theme === 'mono' ? 'none' : colourDepth(environment.colour);
}
