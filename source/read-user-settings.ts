import {allActions} from './actions/all-actions.ts';
import type {ScreenWish} from './core/invocation.ts';
import {describeProblem} from './core/problem.ts';
import {readSettings, type Settings} from './core/settings.ts';
import type {Environment} from './system/environment.ts';
import {readSettingsFiles} from './system/settings-files.ts';
import {themes} from './themes/index.ts';

/** The user's files, validated; what is wrong in them is said in the status line and does not keep the program from starting. */
export type UserSettings = Readonly<{settings: Settings; problems: readonly string[]}>;

/** config.toml and keys.toml with what the command line says over them. Never rejects. */
export async function readUserSettings(environment: Environment, wish: ScreenWish): Promise<UserSettings> {
	const files = await readSettingsFiles(environment.configFolder);
	const read = readSettings(files, {
		themes: themes.map(({name}) => name),
		keys: {actions: allActions.map(({id}) => id), screens: [...new Set(allActions.flatMap(({on}) => on))]},
	});
	return {
		settings: {...read.settings, ...(wish.theme === undefined ? {} : {theme: wish.theme}), ...(wish.motion ? {} : {motion: false})},
		problems: [...files.problems.map(describeProblem), ...read.problems],
	};
}
