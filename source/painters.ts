import {createPainter, type Painter} from './core/style.ts';
import type {ColourDepth, Theme} from './core/theme.ts';
import {colourDepth, type Environment} from './system/environment.ts';
import {themes} from './themes/index.ts';

/** Painters by theme name, each made once, in the depth of this terminal; a name that does not exist gets the first theme. */
export function paintersOf(environment: Pick<Environment, 'colour'>): (theme: string) => Painter {
	const painters = new Map<string, Painter>();
	return name => {
		const found = painters.get(name) ?? createPainter(themeOf(name), depthOf(name, environment));
		painters.set(name, found);
		return found;
	};
}

function themeOf(name: string): Theme {
	const theme = themes.find(candidate => candidate.name === name) ?? themes[0];
	if (!theme) throw new Error('there is no theme');
	return theme;
}

function depthOf(theme: string, environment: Pick<Environment, 'colour'>): ColourDepth {
	return theme === 'mono' ? 'none' : colourDepth(environment.colour);
}
