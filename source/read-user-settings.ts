import type {ScreenWish} from './core/invocation.ts';
import {readSettings, type Settings} from './core/settings.ts';
import type {Environment} from './system/environment.ts';
import {readSettingsFiles} from './system/settings-files.ts';

/** The user's files, validated; what is wrong in them is said in the status line and does not keep the program from starting. */
export type UserSettings = Readonly<{settings: Settings; problems: readonly string[]}>;

export async function readUserSettings(environment: Environment, wish: ScreenWish): Promise<UserSettings> {
	const files = await readSettingsFiles(environment.configFolder);
	const read = readSettings(files);
	return {
		settings: {...read.settings, ...(wish.theme === undefined ? {} : {theme: wish.theme}), ...(wish.motion ? {} : {motion: false})},
		problems: [...files.problems, ...read.problems],
	};
}
