import type {Effect, WorldEffect} from '../core/effect.ts';
import {never} from '../core/never.ts';
import {policyLabels} from '../core/policy-level.ts';
import {describeProblem, problemOf} from '../core/problem.ts';
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
