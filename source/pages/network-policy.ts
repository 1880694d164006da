import {type Line, span} from '../core/line.ts';
import type {PolicyEnforcer} from '../core/net/policy/policy-enforcer.ts';
import {gridRowPrefix, type PolicyModel} from '../core/net/policy-model.ts';
import type {Hint, Page, PageLine, PageSetting} from '../core/page.ts';
import {failureSentence} from '../core/problem.ts';
import type {NetworkScreen} from '../core/screen.ts';
import {plural} from '../core/text.ts';
import {blank, fitPage, line, rule, still, wrap} from './fit.ts';
import {policyGrid} from './network-policy-grid.ts';
import {policyVerdict, reachBlock, whyBlock} from './network-policy-why.ts';
import {stateMark} from './state-mark.ts';

const hints: readonly Hint[] = [
	{keys: 'hjkl', title: 'cell'},
	{keys: 'Enter', title: 'policy'},
	{keys: 'p', title: 'port'},
	{keys: 'n', title: 'namespace'},
	{keys: 'o', title: 'only X'},
	{keys: 'm', title: 'probe'},
	{keys: '1-5', title: 'tabs'},
];
/** From here on there are rules between the parts (a terminal of 24 rows). */
const ruleRows = 18;

/** Who reaches whom by the NetworkPolicies, and why for the cell under the cursor (screens.md M9). */
export function networkPolicyPage(model: PolicyModel, screen: NetworkScreen, setting: PageSetting): Page {
	const rules = setting.body.rows >= ruleRows ? [rule(setting)] : [];
	const grid = policyGrid(model, setting);
	const why = model.why ? whyBlock(model.why, setting) : [];
	const said = [...whatIfLines(model, setting), ...noteLines(model, setting)];
	const between = rules.map(one => ({line: one}));
	const verdict = verdictLine(model, setting);
	const whole = 1 + 2 * rules.length + 1 + grid.rows.length + grid.legend.length + why.length;
	const isShort = whole <= setting.body.rows;
	const reach = reachBlock(model, setting);
	const isRoomy = isShort && whole + said.length + reach.length + 1 <= setting.body.rows;
	const after = isRoomy ? [...said, ...(reach.length > 0 ? [blank, ...reach] : [])] : said;
	const body = model.rows.length === 0 ? emptyLines(model) : grid.rows;
	return fitPage(
		{
			crumb: 'Network',
			head: headOf(model),
			// A grid that is longer than the screen scrolls beneath the reason for its cell.
			fixed: isShort
				? [verdict, ...rules, ...(grid.rows.length > 0 ? [grid.head] : [])]
				: [verdict, ...rules, ...why.map(one => one.line), ...rules, grid.head],
			lines: isShort ? [...body, ...(grid.rows.length > 0 ? grid.legend : []), ...between, ...why, ...after] : [...body, ...grid.legend, ...after],
			...(model.cursor ? {first: `${gridRowPrefix}${model.cursor.row}`} : {}),
			status: statusOf(model, screen),
			hints,
		},
		setting,
	);
}

function headOf({policies, namespace}: PolicyModel): Line {
	const word = policies === 1 ? 'policy' : 'policies';
	return [span(`${policies === 0 ? 'no' : policies} ${word}${namespace === undefined ? '' : ` in ${namespace}`}`)];
}

function verdictLine(model: PolicyModel, setting: PageSetting): Line {
	const {readable} = model;
	if ('problem' in readable)
		return line(stateMark('unknown', setting), ' ', {text: `NOT READ - ${failureSentence(readable.problem)}`, tone: 'unknown', bold: true});
	if (readable.state === 'loading') return line(stateMark('progressing', setting), ' ', span('READING - policies, pods and namespaces', 'progressing'));
	if (model.why) return policyVerdict(model.why, setting);
	return line(stateMark('muted', setting), ' ', span('NOTHING TO ASK - there are no pods here', 'muted'));
}

function emptyLines({namespace, hiddenRows, readable}: PolicyModel): readonly PageLine[] {
	if (readable.state === 'loading') return [];
	if (hiddenRows > 0)
		return [still(`  Nothing is denied here. ${plural(hiddenRows, 'line')} without a fault ${hiddenRows === 1 ? 'is' : 'are'} left out: o shows them.`)];
	return [still(namespace === undefined ? '  There are no pods.' : `  There are no pods in ${namespace}. n chooses another namespace.`)];
}

/** Of findings of one kind the first is told, and how many there are of it. */
function noteLines({findings}: PolicyModel, setting: PageSetting): readonly PageLine[] {
	const faults = findings.filter(finding => finding.class === 'fault');
	return [...Map.groupBy(faults, ({id}) => id).values()].flatMap(([first, ...more]) => {
		if (!first) return [];
		const text = more.length === 0 ? first.title : `${first.title}. And ${more.length} more of this kind`;
		const tone = first.severity === 'critical' ? 'error' : first.severity === 'warning' ? 'warning' : 'text';
		return wrap(text, setting.body.columns - 9).map((part, index) => still(index === 0 ? span('  NOTE ', 'muted') : '       ', span(part, tone)));
	});
}

const changeWords = {allowed: 'allowed', 'any-port': 'allowed', open: 'open', denied: 'denied', unknown: 'not known', 'not-meaningful': '-'} as const;

function whatIfLines({whatIf}: PolicyModel, setting: PageSetting): readonly PageLine[] {
	if (!whatIf) return [];
	const {added, replaced, ignored, changes} = whatIf;
	const files = [...added.map(name => `${name} is new`), ...replaced.map(name => `${name} is replaced`)].join(', ');
	return [
		still(
			span('  WHAT IF ', 'accent'),
			`${files === '' ? 'the file holds no NetworkPolicy' : files}: ${changes.length === 0 ? 'no cell changes' : `${plural(changes.length, 'cell')} would change`}`,
		),
		...changes.map(({row, column, port, before, after}) =>
			still(
				'    ',
				stateMark(after === 'denied' ? 'error' : after === 'unknown' ? 'unknown' : 'ok', setting),
				` ${row} -> ${column} ${port}: ${changeWords[before]}, then ${changeWords[after]}`,
			),
		),
		...ignored.map(text => still('    ', stateMark('warning', setting), span(` not looked at: ${text}`, 'warning'))),
	];
}

function statusOf(model: PolicyModel, {port}: NetworkScreen): Line {
	const others = model.notEvaluated.map(({api, count}) => `${count} ${api}`).join(', ');
	const asked = port === undefined ? '' : ` Asked for port ${port}.`;
	const tone = model.enforcer.state === 'not-enforced' ? 'warning' : undefined;
	return line(
		tone === undefined ? enforcerText(model.enforcer) : span(enforcerText(model.enforcer), tone),
		others === '' ? '' : span(` ${others} NOT evaluated.`, 'unknown'),
		asked,
	);
}

function enforcerText(enforcer: PolicyEnforcer): string {
	switch (enforcer.state) {
		case 'enforced':
			return `NetworkPolicy v1 by ${enforcer.by} ${enforcer.ready}/${enforcer.nodes} nodes.`;
		case 'not-enforced':
			return `Policies may have no effect: ${enforcer.cni} does not enforce them.`;
		default:
			return `Who enforces policies is not known: ${enforcer.why}.`;
	}
}
