import {type Line, span} from '../core/line.ts';
import {type RouteRow, routeRowPrefix, type RoutesModel, routeTypes} from '../core/net/routes-model.ts';
import type {Hint, Page, PageLine, PageSetting} from '../core/page.ts';
import {failureSentence} from '../core/problem.ts';
import type {NetworkScreen} from '../core/screen.ts';
import {openObject} from '../core/targets.ts';
import {plural} from '../core/text.ts';
import type {Tone} from '../core/tone.ts';
import {fitPage, line, rule, still, wrap} from './fit.ts';
import {stateMark} from './state-mark.ts';
import {type BlockRow, tableBlock} from './summary/table-block.ts';

const hints: readonly Hint[] = [
	{keys: 'Enter', title: 'open'},
	{keys: 't', title: 'path'},
	{keys: 'n', title: 'namespace'},
	{keys: 'o', title: 'only X'},
	{keys: 'f', title: 'fix'},
	{keys: '1-5', title: 'tabs'},
];
/** From here on there are rules between the parts (a terminal of 24 rows). */
const ruleRows = 18;
const confidences = {proven: 'high', likely: 'med', possible: 'low'} as const;

const specs = [
	{title: 'TYPE', drop: 4},
	{title: 'NAME', min: 10, ideal: 14, cut: 'middle'},
	{title: 'ENTRY', min: 10, ideal: 20, cut: 'middle'},
	{title: 'BACKEND', min: 8, ideal: 10, cut: 'middle', drop: 1},
	{title: 'READY'},
	{title: 'TLS', drop: 2},
	{title: 'CLASS', min: 5, ideal: 8, drop: 3},
] as const;

/** Every way into the cluster with what stands behind it: Ingresses, Gateways and their routes, load balancers, node ports. */
export function networkRoutesPage(model: RoutesModel, _screen: NetworkScreen, setting: PageSetting): Page {
	const rules = setting.body.rows >= ruleRows ? [rule(setting)] : [];
	const [block] = tableBlock(specs, model.rows.map(rowOf), setting);
	const [head, ...lines] = block?.lines ?? [];
	const current = model.rows.find(({id}) => `${routeRowPrefix}${id}` === model.cursor);
	const why = current ? whyBlock(current, setting) : [];
	const verdict = verdictLine(model, setting);
	const fitsBelow = 1 + 2 * rules.length + 1 + lines.length + why.length <= setting.body.rows;
	const between = rules.map(one => ({line: one}));
	const headLine = head ? [head.line] : [];
	return fitPage(
		{
			crumb: 'Network',
			head: headOf(model),
			// Many lines scroll beneath what is said about the one under the cursor.
			fixed:
				fitsBelow || !current
					? [verdict, ...rules, ...headLine]
					: [verdict, ...rules, ...why.slice(0, mostWhy(setting)).map(one => one.line), ...rules, ...headLine],
			lines: model.rows.length === 0 ? emptyLines(model) : fitsBelow ? [...lines, ...between, ...why] : lines,
			...(model.cursor === undefined ? {} : {first: model.cursor}),
			status: statusOf(model),
			hints,
		},
		setting,
	);
}

/** Above a list that scrolls the reason takes at most so many lines: the rest is a key away, the list is not. */
function mostWhy({body}: PageSetting): number {
	return Math.max(2, Math.floor(body.rows / 2) - 2);
}

function rowOf({id, type, kind, ref, tone, title, entry, backend, ready, tls, served}: RouteRow): BlockRow {
	const cell = ({text, tone: of}: Readonly<{text: string; tone: Tone}>) => span(text, of);
	return {
		tone,
		id: `${routeRowPrefix}${id}`,
		copy: entry,
		enter: [openObject(kind, ref)],
		cells: [span(type), span(title), span(entry), span(backend), cell(ready), cell(tls), cell(served)],
	};
}

/** What is known of the line under the cursor: its findings with the first remedy, then the facts. */
function whyBlock({type, title, entry, details, findings}: RouteRow, setting: PageSetting): readonly PageLine[] {
	const room = setting.body.columns - 6;
	const told = findings.flatMap(({title: text, severity, confidence, remedy}) => {
		const tone: Tone = severity === 'critical' ? 'error' : severity === 'warning' ? 'warning' : 'text';
		const [first] = remedy;
		return [
			...wrap(`${text} (${confidences[confidence]})`, room).map((part, index) =>
				still('   ', index === 0 ? stateMark(tone, setting) : ' ', ' ', span(part, tone)),
			),
			...(first ? [still('     ', span('FIX ', 'muted'), `${first.text}: ${first.command}`)] : []),
		];
	});
	return [still(span(`  ${type} ${title}  ${entry}`, 'muted')), ...told, ...details.map(detail => still('     ', detail))];
}

function headOf({counts, namespace}: RoutesModel): Line {
	const known = routeTypes.filter(type => counts[type] > 0).map(type => `${counts[type]} ${type}`);
	return [span(`${known.length === 0 ? 'no routes' : known.join('  ')}${namespace === undefined ? '' : ` in ${namespace}`}`)];
}

/** The gravest finding of all; else how many ways are well, and never more than was read. */
function verdictLine(model: RoutesModel, setting: PageSetting): Line {
	const worst =
		model.rows.flatMap(({findings}) => findings).find(({severity}) => severity === 'critical') ??
		model.rows.flatMap(({findings}) => findings).find(({severity}) => severity === 'warning');
	if (worst) {
		const tone: Tone = worst.severity === 'critical' ? 'error' : 'warning';
		return line(stateMark(tone, setting), ' ', {text: `${worst.title} (${confidences[worst.confidence]})`, tone, bold: true});
	}
	const [unread] = model.unread.filter(({kind}) => kind !== 'secrets');
	if (unread && 'problem' in unread.readable)
		return line(stateMark('unknown', setting), ' ', {text: `NOT READ - ${failureSentence(unread.readable.problem)}`, tone: 'unknown', bold: true});
	const loading = model.loading.filter(kind => kind !== 'secrets');
	if (loading.length > 0) return line(stateMark('progressing', setting), ' ', span(`READING - ${loading.join(', ')}`, 'progressing'));
	const bad = model.rows.filter(({tone}) => tone !== 'ok' && tone !== 'text' && tone !== 'muted');
	const [first] = bad.filter(({tone}) => tone === 'error' || tone === 'warning');
	if (first)
		return line(stateMark(first.tone, setting), ' ', {
			text: `${bad.length} of ${model.rows.length} ways in are not well: ${first.title} ${first.entry}`,
			tone: first.tone,
			bold: true,
		});
	if (bad.length > 0)
		return line(
			stateMark('unknown', setting),
			' ',
			span(`NO FAULT SEEN - of ${bad.length} of ${model.rows.length} ways in not everything is known`, 'unknown'),
		);
	if (model.rows.length === 0)
		return line(
			stateMark('muted', setting),
			' ',
			span(model.hidden > 0 ? 'NO FAULT SEEN' : 'NO WAY IN - there is no Ingress, Gateway, LoadBalancer or NodePort here', 'muted'),
		);
	return line(stateMark('ok', setting), ' ', {
		text: `WELL - ${plural(model.rows.length, 'way')} in, each with a ready backend; no traffic was sent`,
		tone: 'ok',
		bold: true,
	});
}

function emptyLines({hidden, namespace}: RoutesModel): readonly PageLine[] {
	if (hidden > 0) return [still(`  Nothing is wrong here. ${plural(hidden, 'line')} without a fault ${hidden === 1 ? 'is' : 'are'} left out: o shows them.`)];
	return namespace === undefined ? [] : [still(`  Nothing leads into ${namespace}. :net namespace NAME shows another one.`)];
}

function statusOf({unread, hidden}: RoutesModel): Line {
	const denied = unread.map(({kind}) => kind.split('.')[0] ?? kind);
	const left = hidden === 0 ? '' : ` ${plural(hidden, 'line')} without a fault left out.`;
	const secrets = denied.includes('secrets') ? ' TLS Secrets may not be read.' : '';
	const others = denied.filter(kind => kind !== 'secrets');
	return line(
		others.length === 0 ? 'Read from objects; no traffic was sent.' : span(`Not read: ${others.join(', ')}.`, 'unknown'),
		span(secrets, 'unknown'),
		left,
	);
}
