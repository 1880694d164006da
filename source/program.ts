import {allActions as actions} from './actions/all-actions.ts';
import {commands} from './commands/index.ts';
import type {Connection, ConnectOptions} from './connect.ts';
import {type AppState, initialState} from './core/app-state.ts';
import {concealed} from './core/update.ts';
import type {Clock} from './core/clock.ts';
import type {ContextInfo} from './core/cluster-client.ts';
import type {Effect} from './core/effect.ts';
import type {Glyphs} from './core/glyphs.ts';
import type {ScreenInvocation} from './core/invocation.ts';
import {levelDialog} from './core/level-dialog.ts';
import {bindingsOf, remap} from './core/keymap.ts';
import type {Screen} from './core/screen.ts';
import type {Settings} from './core/settings.ts';
import {storyNamed, storyNames} from './core/story-names.ts';
import type {TourPlace} from './core/tours/tour.ts';
import {topScreenFor} from './core/top/top-start.ts';
import type {Viewport} from './core/viewport.ts';
import {createSharing, type Sharing} from './sharing.ts';
import {runEffect, type World} from './effects/run.ts';
import type {UserSettings} from './read-user-settings.ts';
import {screenOfWish} from './core/net/network-start.ts';
import type {ParsedDocument} from './core/net/policy/what-if.ts';
import {ProblemError} from './core/problem.ts';
import {resourceKinds} from './resources/index.ts';
import type {ProbeRecord} from './store/net/probe-record.ts';
import type {Pulse} from './store/pulse.ts';
import {Session} from './store/session.ts';
import {Switcher} from './switcher.ts';
import {themes} from './themes/index.ts';
import {Controller} from './ui/controller.ts';
import type {ComposeOptions} from './ui/frame/compose.ts';
import {Stage} from './ui/stage.ts';
import {logsView} from './ui/start-view.ts';
import {startScreens} from './ui/start-screens.ts';

export type ProgramOptions = Readonly<{
	invocation: ScreenInvocation;
	clock: Clock;
	pulse: Pulse;
	connection: Connection;
	connectOptions: ConnectOptions;
	user: UserSettings;
	glyphs: Glyphs;
	theme: string;
	motion: boolean;
	viewport: Viewport;
	/** Each command of a probe as it ends, for the local log. */
	recordProbe?(entry: ProbeRecord): void;
	/** The documents of a YAML file of the user's own. */
	readYaml?(path: string): Promise<readonly ParsedDocument[]>;
	/** What only the owner of the terminal can do. */
	terminal: Pick<World, 'copy' | 'save' | 'pipe' | 'redraw' | 'suspend' | 'quit' | 'record'>;
	/** Bytes that went to the terminal so far. */
	sentBytes?(): number;
	/** Where exports are written. */
	exportFolder: string;
}>;

/** The program without a terminal: keys go into its controller, frames come out. */
export type Program = AsyncDisposable &
	Readonly<{
		controller: Controller;
		compose: ComposeOptions;
		sharing: Sharing;
		/** Contacts the cluster, opens the view that was asked for and lets the clock tick. Once. */
		start(): void;
	}>;

const quitWithinMs = 2000;
const overview: Screen = {type: 'overview', top: 0};

/** The context row 1 speaks of while no cluster is chosen. */
const noContext: ContextInfo = {name: 'no cluster', cluster: '', user: '', namespace: 'default', server: '', source: '', demo: false};

/** Connects everything but the terminal: store, screens, keys, effects. Nothing runs before `start`. */
export function createProgram(options: ProgramOptions): Program {
	const {clock, pulse, connection, user, glyphs, invocation} = options;
	const bindings = remap(bindingsOf(actions), user.settings.keys);
	const switcher = new Switcher({
		masks: () => sharing.dataMasks(),
		share: invocation.screen.share,
		connection,
		connectOptions: options.connectOptions,
		makeSession: client =>
			new Session({client, kinds: resourceKinds, clock, pulse, ...(user.settings.prometheus === undefined ? {} : {prometheus: user.settings.prometheus})}),
	});
	const refresh = (): void => controller.refresh();
	const changed = (): void => pulse.request(refresh);
	const stage = new Stage({
		clock,
		glyphs,
		changed,
		settings: user.settings,
		pageTools: {
			clock,
			changed,
			actions,
			bindings,
			state: () => controller.state,
			dispatch: effects => controller.dispatch(effects),
			start: connection.type === 'none' ? connection.start : undefined,
			...(options.sentBytes === undefined ? {} : {sentBytes: options.sentBytes}),
			...(user.settings.logLines === undefined ? {} : {logLines: user.settings.logLines}),
			contexts: {model: told => switcher.contexts(told), askAll: told => switcher.askAll(told), watch: told => switcher.watchContexts(told)},
			probing: {
				pinned: options.connectOptions.pinned,
				isProduction: context => user.settings.contexts[context]?.danger ?? /prod/i.test(context),
				record: options.recordProbe ?? (() => {}),
				readYaml: options.readYaml ?? nothingToRead,
				...user.settings.probes,
			},
		},
	});
	const composing: ComposeOptions = {glyphs, actions, bindings, masks: () => sharing.masks()};
	const sharing = createSharing({
		patterns: user.settings.masks,
		share: () => controller.state.share,
		watchedFrame: () => controller.watchedFrame(),
		compose: composing,
		exportFolder: options.exportFolder,
	});
	const controller = new Controller({
		clock,
		stage,
		actions,
		bindings,
		viewport: options.viewport,
		digits: user.settings.digits ?? 'namespaces',
		state: initialState({
			stack: connection.type === 'none' ? [{type: 'start', top: 0}] : [overview],
			level: options.connectOptions.level,
			theme: options.theme,
			times: user.settings.times ?? 'age',
			motion: options.motion,
			notices: user.problems.map(text => ({tone: 'warning', text, at: clock.now()})),
			noticeShown: user.problems.length > 0,
			...(invocation.screen.share === undefined ? {} : {share: invocation.screen.share}),
		}),
		noCluster: {context: noContext, openRequests: 0},
		promptTools: {
			commands,
			catalogue: () => switcher.catalogue(),
			aliases: user.settings.aliases,
			words: () => ({namespaces: switcher.namespaces(), contexts: switcher.contextNames(), themes: themes.map(({name}) => name), stories: storyNames}),
		},
		demoStory: () => switcher.story,
		world: (effect, dispatch) => void runEffect(effect, world, dispatch),
	});
	const adopt = (session: Session, over: readonly Screen[] = [], more: Partial<AppState> = {}): void => {
		session.onChange(changed);
		const {namespace} = session.client.context;
		controller.adopt(session, {
			stack: [overview, ...over],
			past: [],
			future: [],
			namespace: invocation.selection.allNamespaces ? undefined : namespace,
			favourites: favouritesOf(user.settings, session.client.context.name, namespace),
			level: session.client.level(),
			tour: tourFor(session, switcher.story),
			...more,
		});
		session.start();
	};
	const world: World = {
		...options.terminal,
		session: () => controller.session,
		connect: async to => {
			const opened = await switcher.open(to, controller.state.level);
			const before = controller.session;
			adopt(opened);
			await before?.[Symbol.asyncDispose]();
		},
		copy: text => options.terminal.copy(sharing.copied(text)),
		exported: sharing.exported,
		share: async share => {
			const before = controller.session;
			if (!before) return;
			before.client.setLevel('read');
			const {stack, namespace, favourites} = controller.state;
			adopt(switcher.reshare(share), concealed(stack.slice(1)), {namespace, favourites, share});
			before.leave();
		},
		refresh: () => stage.reload(),
		pageCommand: (command, words) => stage.command(command, words),
		quitConfirmed: askedTwice(clock),
	};
	let ticking: Disposable | undefined;
	return {
		controller,
		compose: composing,
		sharing,
		start() {
			if (connection.type === 'connected') openFirst(switcher.first(), {invocation, controller, adopt});
			if (invocation.screen.level === 'write' && controller.session) askForWrite(controller, controller.session);
			ticking = tick(clock, refresh, () => controller.secondsMatter());
		},
		async [Symbol.asyncDispose]() {
			ticking?.[Symbol.dispose]();
			stage[Symbol.dispose]();
			await controller.session?.[Symbol.asyncDispose]();
		},
	};
}

async function nothingToRead(path: string): Promise<never> {
	throw new ProblemError({code: 'config', what: `Could not read ${path}`, cause: 'no file can be read here'});
}

type FirstView = Readonly<{invocation: ScreenInvocation; controller: Controller; adopt(session: Session, over: readonly Screen[]): void}>;

/** The view named on the command line, over the Overview; one that only the server knows opens once discovery has told of it. */
function openFirst(session: Session, {invocation: {selection, view, connection: wish}, controller, adopt}: FirstView): void {
	const screensIn = (namespace: string | undefined, discovered: boolean): readonly Screen[] | 'later' =>
		view !== undefined && 'logs' in view
			? logsView(view, {catalogue: session.catalogue, namespace, now: session.now(), discovered})
			: view !== undefined && 'top' in view
				? [topScreenFor(view.top, session.client.context.namespace)]
				: view !== undefined && 'net' in view
					? [screenOfWish(view.net, wish.namespace)]
					: startScreens(selection, session.catalogue, namespace, discovered);
	const screens = screensIn(selection.allNamespaces ? undefined : session.client.context.namespace, false);
	adopt(session, screens === 'later' ? [] : screens);
	if (screens !== 'later') return;
	const stop = session.onChange(() => {
		const found = screensIn(controller.state.namespace, session.discovery !== undefined);
		if (found === 'later') return;
		stop();
		const unknown: Effect = {
			type: 'notice',
			tone: 'warning',
			text:
				view !== undefined && 'logs' in view
					? `There is no kind ${view.logs.target?.kind ?? ''} with logs in this cluster. :logs opens others`
					: `There is no kind ${selection.targets[0]?.kind ?? ''} in this cluster. Ctrl-A lists the kinds`,
		};
		controller.dispatch(found.length === 0 ? [unknown] : found.map(screen => ({type: 'open', screen}) as const));
	});
}

/** The walk through a demo's story begins with it. */
function tourFor(session: Session, shown: string | undefined): TourPlace | undefined {
	const story = session.client.context.demo ? storyNamed(shown) : undefined;
	return story === undefined ? undefined : {story, done: 0};
}

/** `--write` asks like `:mode write`; only the answer raises the level. */
function askForWrite(controller: Controller, {client}: Session): void {
	controller.dispatch([{type: 'ask', dialog: levelDialog('write', client.level(), client.context, controller.state.share !== undefined)}]);
}

/** true at the second call within two seconds. */
function askedTwice(clock: Clock): () => boolean {
	let lastAt = Number.NEGATIVE_INFINITY;
	return () => {
		const again = clock.now() - lastAt < quitWithinMs;
		lastAt = clock.now();
		return again;
	};
}

/** The clock and the ages move together: by the second where one can be read, else every five. */
function tick(clock: Clock, run: () => void, bySecond: () => boolean): Disposable {
	let waiting: Disposable | undefined;
	const next = (): void => {
		const everyMs = bySecond() ? 1000 : 5000;
		waiting = clock.after(everyMs - (clock.now() % everyMs), () => {
			run();
			next();
		});
	};
	next();
	return {[Symbol.dispose]: () => waiting?.[Symbol.dispose]()};
}

/** What the digits reach: the user's namespaces of this context, else those of all contexts, else the context's own. */
function favouritesOf(settings: Settings, context: string, own: string): readonly string[] {
	const named = settings.contexts[context]?.namespaces ?? [];
	return named.length > 0 ? named : settings.namespaces.length > 0 ? settings.namespaces : [own];
}
