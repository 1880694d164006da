import {type Line, span} from '../core/line.ts';
import type {OverviewModel} from '../core/overview-model.ts';
import type {Hint, Page, PageLine, PageSetting} from '../core/page.ts';
import type {PageScreen} from '../core/screen.ts';
import {plural} from '../core/text.ts';
import {fitPage, joined, line, rule, wrap} from './fit.ts';
import {consumersBlock} from './overview-consumers.ts';
import {warningsBlock} from './overview-events.ts';
import {foldedHealthBlock, healthBlock} from './overview-health.ts';
import {troublesBlock, troublesHeight} from './overview-troubles.ts';
import {allTroubles, type Verdict, verdictOf} from './overview-verdict.ts';
import {stateMark} from './state-mark.ts';

const hints: readonly Hint[] = [
	{keys: 'Enter', title: 'open'},
	{keys: ':', title: 'go'},
	{keys: 'g', title: 'go to'},
	{keys: 'Ctrl-R', title: 'reload'},
	{keys: 'Ctrl-P', title: 'all'},
];
/** From here on there is a rule under the verdict (a terminal of 24 rows). */
const ruleRows = 19;
/** From here on the newest warnings are listed, at first few (a terminal of 30 rows, and of 40). */
const warningsRows = 25;
const manyWarningsRows = 34;
/** Troubles keep at least this many lines before other blocks leave. */
const leastTroubles = 6;

/** Is it healthy, and if not, what is wrong: verdict, health by family, the worst troubles, what the events say. */
export function overviewPage(model: OverviewModel, _screen: Extract<PageScreen, {type: 'overview'}>, setting: PageSetting): Page {
	const verdict = verdictOf(model, setting);
	const fixed = [...verdictLines(verdict, setting), ...(setting.body.rows >= ruleRows ? [rule(setting)] : [])];
	return fitPage(
		{
			crumb: 'Overview',
			head: headOf(model, setting),
			fixed,
			lines: bodyOf(model, setting.body.rows - fixed.length, setting),
			// Enter opens what is worst.
			first: 'trouble:',
			status: statusOf(model),
			hints,
		},
		setting,
	);
}

/** One line, or up to three on a narrow terminal and where nothing else is to be read. */
function verdictLines({tone, text, whole = false}: Verdict, setting: PageSetting): readonly Line[] {
	const room = setting.body.columns - 3;
	const parts = whole || setting.body.columns < 60 ? wrap(text, room) : [text];
	const shown = parts.length <= 3 ? parts : [...parts.slice(0, 2), parts.slice(2).join(' ')];
	return shown.map((part, index) => line(index === 0 ? stateMark(tone, setting) : ' ', ' ', {text: part, tone, bold: true}));
}

/** Blocks leave as rows shrink: warnings, event rate, top consumers, then families that are well; never the verdict or the troubles. */
function bodyOf(model: OverviewModel, rows: number, setting: PageSetting): readonly PageLine[] {
	const troubles = allTroubles(model.families);
	const full = healthBlock(model.families, setting);
	const both = consumersBlock(model, setting, true);
	const consumers = consumersBlock(model, setting, false);
	const warnings = setting.body.rows >= warningsRows ? warningsBlock(model, setting.body.rows >= manyWarningsRows ? 8 : 3, setting) : [];
	const least = troublesHeight(troubles, leastTroubles);
	const choices: ReadonlyArray<readonly [readonly PageLine[], ReadonlyArray<readonly PageLine[]>]> = [
		[full, [warnings, both]],
		[full, [both]],
		[full, [consumers]],
		[full, []],
		[foldedHealthBlock(model.families, setting), []],
	];
	const fits = ([health, after]: (typeof choices)[number]): boolean => joined([health, ...after]).length + (least > 0 ? 1 : 0) + least <= rows;
	const [health, after] = choices.find(fits) ?? [foldedHealthBlock(model.families, setting), []];
	const taken = joined([health, ...after]).length + 1;
	const room = Math.max(leastTroubles, rows - taken - 1);
	const compact = health !== full && joined([health]).length + 1 + least > rows;
	const blocks = [health, troublesBlock(troubles, room, setting), ...after];
	// On the smallest screens what is wrong comes before what is well, and nothing stands between.
	return compact ? [...troublesBlock(troubles, leastTroubles, setting), ...health] : joined(blocks);
}

function headOf({counts, families}: OverviewModel, setting: PageSetting): Line {
	const known = [
		counts.nodes === undefined ? undefined : plural(counts.nodes, 'node'),
		counts.namespaces === undefined ? undefined : plural(counts.namespaces, 'namespace'),
		counts.pods === undefined ? undefined : plural(counts.pods, 'pod'),
	].filter(part => part !== undefined);
	const sum = (of: 'warning' | 'error'): number => families.reduce((total, family) => total + family[of], 0);
	const {state} = setting.glyphs;
	const [errors, warnings] = [sum('error'), sum('warning')];
	return [
		span(known.join('  ')),
		span(`   ${errors} ${state.error}`, errors > 0 ? 'error' : 'muted'),
		span(`  ${warnings} ${state.warning}`, warnings > 0 ? 'warning' : 'muted'),
	];
}

function statusOf(model: OverviewModel): Line {
	const troubles = allTroubles(model.families).length;
	const denied = model.denied === 0 ? '' : `, ${model.denied} denied (:api shows which)`;
	return line(`${troubles === 0 ? 'No troubles' : plural(troubles, 'trouble')}. Watching ${plural(model.watching, 'kind')}${denied}`);
}
