import {type Line, span} from '../core/line.ts';
import type {PolicyModel} from '../core/net/policy-model.ts';
import type {PolicyAnswer, PolicySide, PolicyVerdict} from '../core/net/policy/policy-answer.ts';
import type {Reach} from '../core/net/policy/reachability.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import {fit, pad} from '../core/text.ts';
import type {Tone} from '../core/tone.ts';
import {line, still, wrap} from './fit.ts';
import {refName, stateMark} from './state-mark.ts';

export const verdictTones: Readonly<Record<PolicyVerdict, Tone>> = {allow: 'ok', deny: 'error', unknown: 'unknown'};
const words: Readonly<Record<PolicyVerdict, string>> = {allow: 'ALLOWED', deny: 'DENIED', unknown: 'NOT KNOWN'};
const sideEnds: Readonly<Record<PolicyVerdict, string>> = {allow: 'allows', deny: 'no match', unknown: 'not known'};

type Why = NonNullable<PolicyModel['why']>;

/** The verdict about the cell under the cursor, in one line. */
export function policyVerdict(why: Why, setting: PageSetting): Line {
	const {from, to, port, answer} = why;
	const tone = verdictTones[answer.verdict];
	const asked = `${from} -> ${to} ${port}`;
	return line(stateMark(tone, setting), ' ', {text: `${words[answer.verdict]}  ${asked}   ${shortReason(why)}`, tone, bold: true});
}

function shortReason({from, to, answer: {verdict, egress, ingress, ports}}: Why): string {
	if (verdict === 'deny')
		return ingress.verdict === 'deny' ? `no rule on ${nameOf(to)}'s side admits ${from}` : `no rule on ${nameOf(from)}'s side lets it out to ${to}`;
	if (verdict === 'unknown') return (egress.verdict === 'unknown' ? egress : ingress).reason;
	if (ports !== undefined) return `of its ports: ${ports}`;
	const by = [egress.allowedBy, ingress.allowedBy].flatMap(rule => (rule ? [refName(rule.policy)] : []));
	return by.length === 0 ? 'no policy selects either of them' : `by ${by.join(' and ')}`;
}

/** WHY: both sides, the rule that admits or comes nearest, and what decides. */
export function whyBlock(why: Why, setting: PageSetting): readonly PageLine[] {
	const {from, to, port, answer} = why;
	return [
		still(span(`  WHY ${nameOf(from)} -> ${nameOf(to)} ${port}`, 'muted')),
		...sideLines('egress', answer.egress, setting),
		...sideLines('ingress', answer.ingress, setting),
		...notEvaluatedLines(answer, setting),
		still('    ', span(pad('result', 9), 'muted'), span(resultOf(answer), verdictTones[answer.verdict])),
	];
}

function sideLines(title: string, side: PolicySide, setting: PageSetting): readonly PageLine[] {
	const tone = verdictTones[side.verdict];
	const rule = side.allowedBy ?? side.nearest;
	const subject = fit(side.subject, Math.min(22, Math.max(12, Math.floor(setting.body.columns / 6))), {cut: 'middle', glyph: setting.glyphs.cut});
	const head = ['    ', span(pad(title, 9), 'muted'), `${subject} `, stateMark(tone, setting), ' '] as const;
	if (!rule) return [still(...head, span(side.reason, tone === 'ok' ? 'text' : tone))];
	const left = 4 + 9 + subject.length + 3;
	const room = Math.max(20, setting.body.columns - left - 2);
	const [first = '', ...more] = wrap(`${rule.policy.name}  ${rule.text}   ${sideEnds[side.verdict]}`, room);
	const miss = side.nearest === undefined || side.allowedBy !== undefined ? [] : wrap(side.nearest.miss, Math.max(20, setting.body.columns - 24));
	return [still(...head, first), ...more.map(part => still(' '.repeat(left + 2), part)), ...miss.map(part => still(' '.repeat(20), span(part, tone)))];
}

function notEvaluatedLines({notEvaluated}: PolicyAnswer, setting: PageSetting): readonly PageLine[] {
	if (notEvaluated.length === 0) return [];
	const names = notEvaluated.map(({api, ref}) => `${api} ${refName(ref)}`).join(', ');
	return [still('    ', span(pad('also', 9), 'muted'), stateMark('unknown', setting), span(` not evaluated: ${names}`, 'unknown'))];
}

/** Who else reaches the receiver, and whom else the sender reaches: drawn where there is room. */
export function reachBlock({reach, why}: PolicyModel, setting: PageSetting): readonly PageLine[] {
	if (!reach || !why) return [];
	return [
		still(span(`  INTO ${nameOf(why.to)} by ${reach.port}`, 'muted')),
		...reach.into.map(one => reachLine(one, setting)),
		still(span(`  OUT OF ${nameOf(why.from)} by tcp, any port`, 'muted')),
		...reach.outOf.map(one => reachLine(one, setting)),
	];
}

function reachLine({namespace, names, verdict, protocol, ports}: Reach, setting: PageSetting): PageLine {
	const who = namespace === '' ? names.join(', ') : `${namespace}: ${names.join(', ')}`;
	const what = verdict === 'deny' ? 'denied' : (ports ?? `every ${protocol} port`);
	return still('    ', stateMark(verdictTones[verdict], setting), ` ${who}`, span(`   ${what}`, 'muted'));
}

function nameOf(id: string): string {
	return id.slice(id.indexOf('/') + 1);
}

function resultOf({verdict, egress, ingress}: PolicyAnswer): string {
	if (verdict === 'allow') return 'allowed: both sides allow it';
	const side = [egress, ingress].find(one => one.verdict === verdict);
	if (verdict === 'unknown') return `not known: ${side?.reason ?? ''}`;
	return `denied by ${(side?.policies ?? []).map(refName).join(', ')} (both sides must allow)`;
}
