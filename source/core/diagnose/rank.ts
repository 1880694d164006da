import type {ClusterView} from '../check.ts';
import type {Finding} from '../finding.ts';
import {mayExplain} from './causes.ts';
import {refKey} from './graph-key.ts';
import {needs} from './needs.ts';

/** A finding that nothing else explains, with those that it does. */
export type Root = Readonly<{finding: Finding; explains: readonly Finding[]; score: number}>;

export type Ranked = Readonly<{
	/** Worst first: the first is the verdict where it is a fault. */
	roots: readonly Root[];
	/** Every finding, with `causes` filled: keys of what explains it, the best first. */
	all: readonly Finding[];
}>;

/** A cause may have begun this much later than its effect: heartbeats and watches are that coarse (diagnosis.md 3.2). */
const slackMs = 60_000;
const longestPath = 6;
const weights: Readonly<Record<Finding['confidence'], number>> = {proven: 0, likely: 1, possible: 2};
const severities: Readonly<Record<Finding['severity'], number>> = {critical: 3, warning: 1, info: 0};

/**
 * Puts findings under those that explain them (diagnosis.md 3.2): the cause must be allowed for the effect, be needed by the
 * effect's object over at most six steps, be a fault of some weight, and not have begun later. The order is stable.
 */
export function rank(findings: readonly Finding[], view: ClusterView): Ranked {
	const distance = needs(view);
	const candidates = new Map(findings.map(finding => [finding.key, findings.filter(cause => explains(cause, finding, distance))]));
	const covers = new Map<string, number>();
	for (const causes of candidates.values()) for (const {key} of causes) covers.set(key, (covers.get(key) ?? 0) + 1);
	const all = findings.map(finding => {
		const causes = (candidates.get(finding.key) ?? []).toSorted(
			(a, b) =>
				weights[a.confidence] - weights[b.confidence] ||
				(covers.get(b.key) ?? 0) - (covers.get(a.key) ?? 0) ||
				(a.since ?? Number.POSITIVE_INFINITY) - (b.since ?? Number.POSITIVE_INFINITY) ||
				distance(finding.subject, b.subject) - distance(finding.subject, a.subject) ||
				a.key.localeCompare(b.key),
		);
		return {...finding, causes: causes.map(({key}) => key)};
	});
	return {roots: rootsOf(all, view), all};
}

/** Under which finding each is shown: the last of the chain of best causes. A cycle ends at its gravest member. */
function rootsOf(all: readonly Finding[], view: ClusterView): readonly Root[] {
	const byKey = new Map(all.map(finding => [finding.key, finding]));
	const rootOf = (finding: Finding): Finding => {
		const chain = [finding];
		for (;;) {
			const next = byKey.get(chain.at(-1)?.causes[0] ?? '');
			if (!next || next.confidence === 'possible') return chain.at(-1) ?? finding;
			if (chain.includes(next)) return chain.toSorted((a, b) => weights[a.confidence] - weights[b.confidence] || byKeyOrder(a, b))[0] ?? finding;
			chain.push(next);
		}
	};
	const grouped = Map.groupBy(all, finding => rootOf(finding).key);
	const roots = [...grouped].flatMap(([key, members]): readonly Root[] => {
		const finding = byKey.get(key);
		const explained = members.filter(member => member.key !== key);
		return finding ? [{finding, explains: explained, score: score(finding, explained, view)}] : [];
	});
	return roots.toSorted((a, b) => b.score - a.score || byKeyOrder(a.finding, b.finding));
}

function byKeyOrder(a: Finding, b: Finding): number {
	return a.id.localeCompare(b.id) || a.key.localeCompare(b.key);
}

function explains(cause: Finding, effect: Finding, distance: ReturnType<typeof needs>): boolean {
	if (cause === effect || cause.class !== 'fault' || cause.severity === 'info' || effect.class === 'coverage') return false;
	if (!mayExplain(cause.id, effect.id)) return false;
	if (cause.since !== undefined && effect.since !== undefined && cause.since > effect.since + slackMs) return false;
	return refKey(cause.subject) === refKey(effect.subject) || distance(effect.subject, cause.subject) <= longestPath;
}

const userFacing = new Set(['Ingress', 'Gateway', 'HTTPRoute', 'GRPCRoute']);
const systemFamilies = new Set(['dns', 'node', 'network', 'overlay', 'kube-proxy', 'control-plane']);

/** The display score of diagnosis.md 3.2. */
function score(finding: Finding, explained: readonly Finding[], {now}: ClusterView): number {
	const isFresh = finding.since !== undefined && now - finding.since < 3_600_000;
	return (
		100 * severities[finding.severity] +
		10 * Math.log2(1 + explained.length) +
		([finding, ...explained].some(({subject}) => userFacing.has(subject.kind)) ? 20 : 0) +
		(systemFamilies.has(finding.family.toLowerCase()) ? 15 : 0) +
		(isFresh ? 5 : 0)
	);
}
