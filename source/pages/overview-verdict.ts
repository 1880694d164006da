import {humanDuration} from '../core/age.ts';
import type {FamilyHealth, OverviewModel, Trouble} from '../core/overview-model.ts';
import type {PageSetting} from '../core/page.ts';
import {describeProblem} from '../core/problem.ts';
import {clean, plural, width} from '../core/text.ts';
import type {Tone} from '../core/tone.ts';
import {gravity} from '../core/tone.ts';
import {refName} from './state-mark.ts';

export const familyTitles: Readonly<Record<FamilyHealth['family'], string>> = {
	'control-plane': 'Control plane',
	nodes: 'Nodes',
	workloads: 'Workloads',
	network: 'Network',
	storage: 'Storage',
	autoscale: 'Autoscale / quota',
	metrics: 'Metrics',
};

/** How many faults the verdict names where there is room. */
const mostNamed = 2;

/** `whole`: why nothing is known is said in full, over several lines. */
export type Verdict = Readonly<{tone: Tone; text: string; whole?: boolean}>;

/** One sentence on the whole cluster, the worst fault first. Never HEALTHY unless everything was read. */
export function verdictOf(model: OverviewModel, setting: PageSetting): Verdict {
	const now = currentVerdict(model, setting);
	const {stream} = model;
	if (stream.state === 'login-needed') return {tone: 'error', text: `NOT READ - ${describeProblem(stream.problem)}`, whole: true};
	if (stream.state !== 'reconnecting') return now;
	const nothing = model.families.every(family => family.ok + family.warning + family.error + family.other === 0);
	if (nothing) return {tone: 'error', text: `NOT READ - ${describeProblem(stream.problem)}`, whole: true};
	return {tone: 'unknown', text: `LAST KNOWN ${humanDuration(setting.now - stream.since)} ago: ${now.text}`};
}

function currentVerdict(model: OverviewModel, setting: PageSetting): Verdict {
	const {columns} = setting.body;
	// A narrow terminal gives it three lines.
	const room = columns < 60 ? 3 * (columns - 3) : columns - 3;
	const {families} = model;
	const troubles = allTroubles(families);
	const errors = troubles.filter(trouble => trouble.tone === 'error');
	if (errors.length > 0) return {tone: 'error', text: listed('NOT HEALTHY', errors, troubles.length, room)};
	if (troubles.length > 0) return {tone: 'warning', text: listed('DEGRADED', troubles, troubles.length, room)};
	const loading = families.filter(family => family.loading);
	// Before discovery has answered there are only the server's own checks: every cluster has workloads.
	const isKnown = families.some(({family}) => family === 'workloads');
	if (!isKnown || loading.length === families.length) return {tone: 'progressing', text: 'READING - nothing is known yet'};
	if (loading.length > 0) return {tone: 'progressing', text: `READING - no fault so far; still reading ${loading.map(title).join(', ')}`};
	const unread = families.flatMap(family => family.notRead.map(({kind}) => kind));
	if (unread.length > 0) return {tone: 'unknown', text: `NO FAULT SEEN - but ${plural(unread.length, 'kind')} could not be read: ${unread.join(', ')}`};
	return {tone: 'ok', text: `HEALTHY - no error and no warning in ${plural(total(families), 'object')} of ${families.length} families`};
}

/** Troubles of all families, gravest first, else in the order of the families. */
export function allTroubles(families: readonly FamilyHealth[]): readonly Trouble[] {
	return families.flatMap(family => family.troubles).sort((a, b) => gravity(b.tone) - gravity(a.tone));
}

/** A trouble in words, its object first: `shop/checkout has 0/3 ready`, `node-b2: MemoryPressure`. */
export function troubleText({ref, why}: Trouble): string {
	return /^\d+\/\d+ /.test(why) ? `${refName(ref)} has ${why}` : `${refName(ref)}: ${why}`;
}

/** As many of the worst as fit, and how many there are beside them; the last resort is the first without its details. */
function listed(word: string, worst: readonly Trouble[], all: number, room: number): string {
	const [first] = worst;
	const brief = first ? [troubleText({...first, why: first.why.split(/[:,;]/)[0] ?? ''})] : [];
	const choices = [worst.slice(0, mostNamed).map(troubleText), worst.slice(0, 1).map(troubleText), brief];
	const sentences = choices.map(parts => [`${word} - ${parts.join('; ')}`, ...(all > parts.length ? [`${all - parts.length} more`] : [])].join('; '));
	return sentences.find(sentence => width(clean(sentence)) <= room) ?? sentences[sentences.length - 1] ?? word;
}

function title(family: FamilyHealth): string {
	return familyTitles[family.family];
}

function total(families: readonly FamilyHealth[]): number {
	return families.reduce((sum, family) => sum + family.ok + family.other, 0);
}
