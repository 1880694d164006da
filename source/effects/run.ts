import type {Effect, WorldEffect} from '../core/effect.ts';
import type {LogContent} from '../core/logs/log-text.ts';
import {never} from '../core/never.ts';
import {policyLabels} from '../core/policy-level.ts';
import {describeProblem, ProblemError, problemOf} from '../core/problem.ts';
import type {ExportFormat} from '../core/export/shot.ts';
import type {ShareState} from '../core/share/share-state.ts';
import type {Session} from '../store/session.ts';

/** What effects are done with: handed in by main, faked in tests. */
export type World = Readonly<{
	session(): Session | undefined;
	/** Puts a text on the user's clipboard, or into a file; tells which. */
	copy(text: string): Promise<Readonly<{where: 'clipboard'} | {where: 'file'; path: string}>>;
	/** Leaves the cluster in use and opens another; rejects with a ProblemError. */
	connect(to: Readonly<{context?: string; kubeconfig?: string; demo?: string}>): Promise<void>;
	/** Reads again what only the screen on top shows. */
	refresh(): void;
	/** Hands a command to what feeds the page on screen. */
	pageCommand(command: string, words: readonly string[]): void;
	/** Writes a file that only its owner can read; `saved: false`: it was there already, and nothing was done. Rejects with the system's error. */
	save(wish: Readonly<{path: string; content: LogContent; replace: boolean}>): Promise<Readonly<{saved: boolean; path: string}>>;
	/** Lends the terminal to a command with the text as its input; how it ended. */
	pipe(command: string, text: string): Promise<Readonly<{code: number | null}>>;
	/** Rejects with a ProblemError. */
	share(share: ShareState | undefined): Promise<void>;
	/** The frame in this format, masked, and how the file is called. */
	exported(format: ExportFormat): Readonly<{path: string; text: string}>;
	/** Begins a recording, or ends the one that runs; resolves with its file. */
	record(on: boolean): Promise<string | undefined>;
	redraw(): void;
	suspend(): Promise<void>;
	quit(): void;
	/** Asks at the first call; true at the second within two seconds. */
	quitConfirmed(): boolean;
}>;

/** Carries out what is not state. Every failure ends as a notice. */
export async function runEffect(effect: WorldEffect, world: World, dispatch: (effects: readonly Effect[]) => void): Promise<void> {
	const say = (tone: 'ok' | 'muted' | 'warning' | 'error', text: string): void => dispatch([{type: 'notice', tone, text}]);
	try {
		switch (effect.type) {
			case 'copy': {
				const done = await world.copy(effect.text);
				return say('ok', done.where === 'clipboard' ? `Copied ${effect.what}` : `The terminal takes no copy; wrote ${effect.what} to ${done.path}`);
			}
			case 'level': {
				const set = world.session()?.client.setLevel(effect.level) ?? false;
				if (!set) return say('warning', 'The mode cannot be changed: it is pinned, by --read-only or by a setting of this context');
				return dispatch([
					{type: 'level-set', level: effect.level},
					{type: 'notice', tone: effect.level === 'read' ? 'ok' : 'warning', text: `The mode is ${policyLabels[effect.level]} now`},
				]);
			}
			case 'context':
				return await world.connect({context: effect.name});
			case 'connect':
				return await world.connect({
					...(effect.kubeconfig === undefined ? {} : {kubeconfig: effect.kubeconfig}),
					...(effect.demo === undefined ? {} : {demo: effect.demo}),
				});
			case 'reload':
				world.session()?.client.retryNow();
				world.refresh();
				return say('muted', 'Trying again now');
			case 'page-command':
				return world.pageCommand(effect.command, effect.words ?? []);
			case 'save':
				return dispatch(await saved(effect, world));
			case 'pipe': {
				const {code} = await world.pipe(effect.command, effect.text);
				return code === 0 ? say('muted', `${effect.command} is done`) : say('warning', `${effect.command} ended with ${code ?? 'a signal'}`);
			}
			case 'share':
				await world.share(effect.share);
				return say('ok', effect.share === undefined ? 'Share mode is off' : 'Share mode is on: secrets are masked, the mode is READ-ONLY');
			case 'export': {
				const {path, text} = world.exported(effect.format);
				return dispatch(await saved({type: 'save', path, content: [text], what: 'the screen, masked'}, world));
			}
			case 'record': {
				const path = await world.record(effect.on);
				if (path === undefined) return say('muted', effect.on ? 'This session is being recorded already' : 'Nothing is being recorded. :rec begins');
				return say('ok', effect.on ? `Recording into ${path}, masked. :rec ends it` : `Wrote the recording to ${path}`);
			}
			case 'redraw':
				return world.redraw();
			case 'suspend':
				return await world.suspend();
			case 'ask-quit':
				if (world.quitConfirmed()) return world.quit();
				return say('muted', 'The same key again within 2 s quits');
			case 'quit':
				return world.quit();
			default:
				return never(effect);
		}
	} catch (error) {
		say('error', describeProblem(problemOf(error, 'That could not be done')));
	}
}

/** A file that is there is replaced only by whoever says so. */
async function saved(effect: Extract<WorldEffect, {type: 'save'}>, world: World): Promise<readonly Effect[]> {
	const {saved: isSaved, path} = await world.save({path: effect.path, content: effect.content, replace: effect.replace ?? false}).catch((error: unknown) => {
		throw new ProblemError({code: 'config', what: `Could not write ${effect.path}`, cause: error instanceof Error ? error.message : String(error)});
	});
	if (isSaved) return [{type: 'notice', tone: 'ok', text: `Wrote ${effect.what} to ${path}, readable by you alone`}];
	return [
		{
			type: 'ask',
			dialog: {
				title: `Replace ${path}`,
				lines: ['This file is there already.', `Its content is replaced by ${effect.what}.`],
				confirm: 'replace',
				keep: 'keep the file',
				effects: [{...effect, replace: true}],
			},
		},
	];
}
