import type {Check, ClusterView} from '../check.ts';
import type {Finding} from '../finding.ts';
import type {NotChecked} from '../net/net-report.ts';
import {coverageFinding, whyUnread} from './coverage.ts';

/** A fault clears only after this much health (diagnosis.md 0, Debounce). */
const clearsAfterMs = 10_000;

/** What is remembered of a fault between two moments. `known`: it is known since when it has been there. */
type Seen = Readonly<{finding: Finding; firstAt: number; lastAt: number; graceMs: number; known: boolean}>;
/** What a live judgement remembers from one moment to the next. */
export type Memory = ReadonlyMap<string, Seen>;

export type Judged = Readonly<{
	/** Faults, practices and coverage, each once, in the order of the checks. */
	findings: readonly Finding[];
	/** Titles of the checks that ran to their end. */
	ran: readonly string[];
	/** Kinds that are still being read: checks over them have not run. */
	loading: readonly string[];
	/** What was not looked at. */
	notChecked: readonly NotChecked[];
	/** What is seen, but not for long enough to be told: `why` says how long it has to hold. */
	waiting: ReadonlyArray<Readonly<{finding: Finding; why: string}>>;
	memory: Memory;
}>;

/**
 * Runs every check over one moment of the cluster. A check whose kinds cannot be read, or that throws, gives a coverage finding in
 * its place. A fault must hold for its check's grace time, counted from `since` where the objects tell it; what is bad at the first
 * look (no memory: a one-shot run, a screen just opened) and does not tell since when is told at once, as likely at most.
 */
export function judge(checks: readonly Check[], view: ClusterView, memory?: Memory): Judged {
	const outcomes = checks.map(check => ({check, outcome: runOne(check, view)}));
	const loading = outcomes.flatMap(({outcome}) => (outcome.type === 'loading' ? outcome.kinds : []));
	const unchecked = outcomes.flatMap(({check, outcome}) => (outcome.type === 'unread' ? [{check, why: outcome.why}] : []));
	const found = outcomes.flatMap(({check, outcome}) =>
		outcome.type === 'ran' ? outcome.findings.map(finding => seenNow(finding, check, view.now, memory)) : [],
	);
	const seen = new Map(found.toReversed().map(one => [one.finding.key, one]));
	const now = [...seen.values()].toReversed();
	const gone = view.oneShot
		? []
		: [...(memory ?? [])].filter(([key, before]) => !seen.has(key) && before.graceMs > 0 && view.now - before.lastAt < clearsAfterMs);
	return {
		findings: [...now.flatMap(held), ...gone.flatMap(([, before]) => held(before)), ...unchecked.map(({check, why}) => coverageFinding(check, why))],
		ran: outcomes.flatMap(({check, outcome}) => (outcome.type === 'ran' ? [check.title] : [])),
		loading: [...new Set(loading)],
		notChecked: unchecked.map(({check, why}) => ({what: check.title, why})),
		waiting: now.filter(one => held(one).length === 0).map(one => ({finding: one.finding, why: waits(one)})),
		memory: new Map([...seen, ...gone]),
	};
}

type Outcome = Readonly<{type: 'ran'; findings: readonly Finding[]} | {type: 'loading'; kinds: readonly string[]} | {type: 'unread'; why: string}>;

/** What the check found, or why it could not judge. A kind that the server does not have is read: there is none of it. */
function runOne(check: Check, view: ClusterView): Outcome {
	const states = check.reads.map(kind => ({kind, state: view.readable(kind).state}));
	const refused = states.filter(({state}) => state === 'denied' || state === 'failed').map(({kind}) => kind);
	if (refused.length > 0) return {type: 'unread', why: whyUnread(view, refused)};
	const waiting = states.filter(({state}) => state === 'loading').map(({kind}) => kind);
	if (waiting.length > 0) return {type: 'loading', kinds: waiting};
	try {
		return {type: 'ran', findings: [...check.run(view)]};
	} catch (error) {
		return {type: 'unread', why: `the check stopped with an error of its own: ${error instanceof Error ? error.message : String(error)}`};
	}
}

function seenNow(finding: Finding, {graceMs}: Check, now: number, memory: Memory | undefined): Seen {
	const before = memory?.get(finding.key);
	const firstAt = Math.min(before?.firstAt ?? now, finding.since ?? Number.POSITIVE_INFINITY);
	return {finding, firstAt, lastAt: now, graceMs, known: finding.since !== undefined || (before?.known ?? memory !== undefined)};
}

/** The finding as it may be told now; none while it has not held for long enough. */
function held({finding, firstAt, lastAt, graceMs, known}: Seen): readonly Finding[] {
	if (finding.class !== 'fault' || lastAt - firstAt >= graceMs) return [finding];
	if (known) return [];
	return [finding.confidence === 'proven' ? {...finding, confidence: 'likely'} : finding];
}

function waits({firstAt, lastAt, graceMs}: Seen): string {
	return `seen for ${Math.max(0, Math.round((lastAt - firstAt) / 1000))} s, told after ${Math.round(graceMs / 1000)} s`;
}
