import type {ColourDepth} from './theme.ts';

/** `flag` and `config` name a theme (`--theme`, the settings file); `environment` as the process has it. */
export type DepthSources = Readonly<{flag?: string | undefined; environment: Readonly<Record<string, string | undefined>>; config?: string | undefined}>;

/** How many colours to use. Authority: --theme, NO_COLOR (non-empty), FORCE_COLOR, the settings, then COLORTERM and TERM (screens.md 7). */
export function chooseDepth({flag, environment, config}: DepthSources): ColourDepth {
	const able = detect(environment);
	// A theme asked for by name is a wish for its colours, whatever NO_COLOR says.
	if (flag !== undefined) return flag === 'mono' ? 'none' : able === 'none' ? '16' : able;
	if ((environment['NO_COLOR'] ?? '') !== '') return 'none';
	const forced = environment['FORCE_COLOR'];
	if (forced !== undefined) return forcedDepth(forced, able);
	return config === 'mono' ? 'none' : able;
}

/** As Node reads FORCE_COLOR (tty.WriteStream#getColorDepth): 0 none, 1 or true or empty 16 colours, 2 256, 3 24 bit. */
function forcedDepth(value: string, able: ColourDepth): ColourDepth {
	switch (value) {
		case '0':
		case 'false':
			return 'none';
		case '':
		case '1':
		case 'true':
			return able === 'none' ? '16' : able;
		case '2':
			return '256';
		case '3':
			return 'truecolor';
		default:
			return able;
	}
}

/** What the terminal says it can do. */
function detect(environment: DepthSources['environment']): ColourDepth {
	const term = environment['TERM'] ?? '';
	if (term === 'dumb') return 'none';
	const claimed = claimedDepth(term, environment);
	// GNU screen hands COLORTERM through, but turns 24-bit colours into something else (STY is set in it alone).
	return claimed === 'truecolor' && environment['STY'] !== undefined ? '256' : claimed;
}

function claimedDepth(term: string, environment: DepthSources['environment']): ColourDepth {
	if (/^(?:truecolor|24bit)$/.test(environment['COLORTERM'] ?? '') || environment['WT_SESSION'] !== undefined) return 'truecolor';
	if (/-direct$|^(?:xterm-)?(?:kitty|ghostty)$|^(?:alacritty|wezterm|foot)$/.test(term)) return 'truecolor';
	return /256colou?r/.test(term) ? '256' : '16';
}
