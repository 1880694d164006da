import {type Line, span} from '../core/line.ts';
import type {FamilyHealth} from '../core/overview-model.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import {tableScreen} from '../core/targets.ts';
import {fit, pad} from '../core/text.ts';
import type {Tone} from '../core/tone.ts';
import {line, still, timeText} from './fit.ts';
import {stateMark} from './state-mark.ts';
import {familyTitles, troubleText} from './overview-verdict.ts';

const titleWidth = 19;
/** Below this many columns titles and counts move together. */
const narrow = 60;
const narrowTitleWidth = 13;

/** HEALTH: one line a family with its counts and what is worst in it. */
export function healthBlock(families: readonly FamilyHealth[], setting: PageSetting): readonly PageLine[] {
	return [{line: healthHead(setting)}, ...families.map(family => healthLine(family, setting))];
}

/** HEALTH without the families that are well: they are one counted line. */
export function foldedHealthBlock(families: readonly FamilyHealth[], setting: PageSetting): readonly PageLine[] {
	const well = families.filter(family => familyTone(family) === 'ok');
	const rest = families.filter(family => familyTone(family) !== 'ok');
	const folded = well.length === 0 ? [] : [still(stateMark('ok', setting), ` ${well.length} ok: ${well.map(({family}) => familyTitles[family]).join(', ')}`)];
	return [...(rest.length > 0 ? healthBlock(rest, setting) : []), ...folded];
}

/** The gravest thing known of a family; `unknown` where something could not be read, before it is called ok. */
export function familyTone(family: FamilyHealth): Tone {
	if (family.error > 0) return 'error';
	if (family.warning > 0) return 'warning';
	if (family.notRead.length > 0) return 'unknown';
	return family.loading || family.other > 0 ? 'progressing' : 'ok';
}

function healthHead(setting: PageSetting): Line {
	const {state} = setting.glyphs;
	const width = nameWidth(setting);
	const counts = counted(['ok', state.warning, state.error], setting);
	return line(span(pad('HEALTH', width + 2), 'muted'), span(`${counts}   worst now`, 'muted'));
}

function healthLine(family: FamilyHealth, setting: PageSetting): PageLine {
	const tone = familyTone(family);
	const unknown = family.loading && family.ok + family.warning + family.error + family.other === 0 ? '..' : undefined;
	const unread = family.notRead.length > 0 && family.ok + family.warning + family.error + family.other === 0 ? '-' : undefined;
	const counts = counted(
		[family.ok, family.warning, family.error].map(count => unread ?? unknown ?? String(count)),
		setting,
	);
	const worst = worstNow(family, setting);
	const drawn = line(stateMark(tone, setting), ` ${fit(familyTitles[family.family], nameWidth(setting), {glyph: setting.glyphs.cut})}${counts}   `, worst);
	const first = family.troubles.find(({kind}) => kind !== undefined)?.kind;
	return {
		line: drawn,
		id: `family:${family.family}`,
		...(first === undefined ? {} : {enter: [{type: 'open', screen: tableScreen(first, {faultsOnly: true})}]}),
	};
}

function worstNow(family: FamilyHealth, setting: PageSetting): Line[number] {
	const [worst] = family.troubles;
	if (worst) return span(`${troubleText(worst)}${worst.since === undefined ? '' : `  ${timeText(worst.since, setting)}`}`, worst.tone);
	const [unread] = family.notRead;
	if (unread) return span(`not read: ${family.notRead.map(({kind}) => kind).join(', ')} (${unread.problem.cause})`, 'unknown');
	if (family.loading) return span('reading', 'muted');
	if (family.other > 0) return span(`${family.other} in progress, terminating or unknown`, 'progressing');
	return span(family.fact ?? (family.ok === 0 ? 'none in this cluster' : ''), 'muted');
}

function counted(values: readonly string[], setting: PageSetting): string {
	const [ok = '', warning = '', error = ''] = values;
	const wide = setting.body.columns >= narrow;
	return pad(ok, wide ? 6 : 4, 'end') + pad(warning, 4, 'end') + pad(error, 4, 'end');
}

function nameWidth(setting: PageSetting): number {
	return setting.body.columns >= narrow ? titleWidth - 2 : narrowTitleWidth;
}
