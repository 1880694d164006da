import {join} from 'node:path';
import type {ColourDepth} from '../core/theme.ts';

export type Multiplexer = 'tmux' | 'screen';

/** What the process was started with, as a value: read once, in main.ts. */
export type Environment = Readonly<{
	home: string;
	/** Folders of k8tui itself, by the XDG base directory specification; not created yet. */
	configFolder: string;
	stateFolder: string;
	cacheFolder: string;
	colour: ColourWish;
	/** TERM, lower case; empty when not set. */
	term: string;
	/** No full screen is possible: TERM is dumb or missing (Windows needs none). */
	isDumb: boolean;
	multiplexer?: Multiplexer;
	isSsh: boolean;
	/** Whether the locale can show more than ASCII. */
	isUtf8: boolean;
	/** A terminal known to draw ASCII only: the Linux console, real and emulated VT terminals. */
	isPlainTerminal: boolean;
	reduceMotion: boolean;
	/** How long the terminal's answers may take (K8TUI_TERMINAL_MS): for a line, or a machine, on which they come late. */
	terminalMs?: number;
}>;

/** NO_COLOR wins over FORCE_COLOR, that over the settings, these over what the terminal says of itself. */
export type ColourWish = Readonly<{noColour: boolean; forced?: ColourDepth; detected: ColourDepth}>;

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the variables; an empty one counts as not set. `home` is the fallback where HOME is missing. */
export function readEnvironment(variables: Variables, platform: NodeJS.Platform, home: string): Environment {
	const value = (name: string) => (variables[name] === '' ? undefined : variables[name]);
	const homeFolder = value('HOME') ?? home;
	// The specification wants absolute paths; others are to be ignored.
	const folder = (name: string, ...fallback: readonly string[]) => {
		const set = value(name);
		return join(set !== undefined && /^([/\\]|[A-Za-z]:)/.test(set) ? set : join(homeFolder, ...fallback), 'k8tui');
	};
	const term = (value('TERM') ?? '').toLowerCase();
	const multiplexer = multiplexerOf(value('TMUX'), value('STY'), term);
	const terminalMs = Number(value('K8TUI_TERMINAL_MS'));
	return {
		home: homeFolder,
		configFolder: folder('XDG_CONFIG_HOME', '.config'),
		stateFolder: folder('XDG_STATE_HOME', '.local', 'state'),
		cacheFolder: folder('XDG_CACHE_HOME', '.cache'),
		colour: colourWish(value, term, platform),
		term,
		isDumb: term === 'dumb' || (term === '' && platform !== 'win32'),
		...(multiplexer === undefined ? {} : {multiplexer}),
		isSsh: value('SSH_CONNECTION') !== undefined || value('SSH_TTY') !== undefined,
		isUtf8: platform === 'win32' || /utf-?8/i.test(value('LC_ALL') ?? value('LC_CTYPE') ?? value('LANG') ?? ''),
		isPlainTerminal: term === 'linux' || term.startsWith('vt'),
		reduceMotion: value('REDUCE_MOTION') !== undefined && value('REDUCE_MOTION') !== '0',
		...(terminalMs > 0 && Number.isFinite(terminalMs) ? {terminalMs} : {}),
	};
}

/** The depth to draw with, by the order of authority; `configured` is what the settings file says. */
export function colourDepth(wish: ColourWish, configured?: ColourDepth): ColourDepth {
	return wish.noColour ? 'none' : (wish.forced ?? configured ?? wish.detected);
}

function multiplexerOf(tmux: string | undefined, sty: string | undefined, term: string): Multiplexer | undefined {
	// tmux sets TERM=screen* by default, and a tmux started inside screen inherits STY: its own variable decides.
	if (tmux !== undefined || term.startsWith('tmux')) return 'tmux';
	return sty !== undefined || term.startsWith('screen') ? 'screen' : undefined;
}

function colourWish(value: (name: string) => string | undefined, term: string, platform: NodeJS.Platform): ColourWish {
	const forced = forcedDepth(value('FORCE_COLOR'));
	return {
		noColour: value('NO_COLOR') !== undefined,
		...(forced === undefined ? {} : {forced}),
		detected: detectedDepth(value('COLORTERM') ?? '', term, platform),
	};
}

function forcedDepth(value: string | undefined): ColourDepth | undefined {
	const depths: Readonly<Record<string, ColourDepth>> = {'0': 'none', false: 'none', '1': '16', true: '16', '2': '256', '3': 'truecolor'};
	return value === undefined ? undefined : depths[value.toLowerCase()];
}

function detectedDepth(colorterm: string, term: string, platform: NodeJS.Platform): ColourDepth {
	if (term === 'dumb' || term.startsWith('vt1') || term.startsWith('vt2')) return 'none';
	if (/truecolor|24bit/i.test(colorterm) || term.endsWith('-direct')) return 'truecolor';
	if (term.includes('256color')) return '256';
	// The Windows console has had 24-bit colours since Windows 10 and sets no variable.
	if (term === '' && platform === 'win32') return 'truecolor';
	return '16';
}
