import type {Problem} from '../core/problem.ts';
import type {FamilyHealth, Trouble} from '../core/overview-model.ts';
import {families, type Family} from '../core/resource-kind.ts';
import {gravity, type Tone} from '../core/tone.ts';
import type {Check, ChecksState} from './health-checks.ts';
import {type KindHealth, type Troubled, workloadKey} from './kind-health.ts';

type Unread = FamilyHealth['notRead'][number];

/** The health of every family that the cluster has something of, in the order of `families`. */
export function familyHealth(kinds: readonly KindHealth[], checks: ChecksState): readonly FamilyHealth[] {
	const troubles = ownTroubles(kinds.flatMap(kind => [...kind.troubled.values()]));
	return families.flatMap(family => {
		const own = kinds.filter(kind => kind.family === family);
		const health = healthOf(family, kinds, troubles);
		if (family === 'control-plane') return [withChecks(health, checks)];
		return own.length === 0 ? [] : [health];
	});
}

/**
 * Troubles that stand for themselves: a part of a workload that is in trouble itself only adds its reason to the
 * workload's (`0/3 ready: CrashLoopBackOff`). Gravest first, then by family, kind and name.
 */
function ownTroubles(troubled: readonly Troubled[]): readonly Troubled[] {
	const keys = new Set(troubled.map(keyOf));
	const reasons = new Map<string, Troubled>();
	for (const part of troubled) {
		if (part.partOf === undefined || !keys.has(part.partOf)) continue;
		const gravest = reasons.get(part.partOf);
		if (!gravest || gravity(part.tone) > gravity(gravest.tone)) reasons.set(part.partOf, part);
	}
	return troubled
		.filter(trouble => trouble.partOf === undefined || !keys.has(trouble.partOf))
		.map(trouble => {
			const reason = reasons.get(keyOf(trouble));
			return reason === undefined || trouble.why.includes(reason.why) ? trouble : {...trouble, why: `${trouble.why}: ${reason.why}`};
		})
		.sort(byGravity);
}

function keyOf({item}: Troubled): string {
	return workloadKey(item.ref.kind, item.meta.namespace, item.meta.name);
}

function byGravity(a: Troubled, b: Troubled): number {
	const order = gravity(b.tone) - gravity(a.tone) || families.indexOf(a.family) - families.indexOf(b.family);
	if (order !== 0) return order;
	const [left, right] = [a, b].map(({partOf, kind, item}) => `${partOf === undefined ? 0 : 1} ${kind} ${item.meta.namespace ?? ''}/${item.meta.name}`);
	return (left ?? '') < (right ?? '') ? -1 : 1;
}

function healthOf(family: Family, kinds: readonly KindHealth[], troubles: readonly Troubled[]): FamilyHealth {
	const own = kinds.filter(kind => kind.family === family);
	const count = countTones(family, kinds);
	const ours = troubles.filter(trouble => trouble.family === family);
	const parts = ours.filter(trouble => trouble.partOf !== undefined);
	return {
		family,
		ok: sum(count, ['ok', 'muted', 'text', 'accent']),
		warning: sum(count, ['warning']) + parts.filter(trouble => trouble.tone === 'warning').length,
		error: sum(count, ['error']) + parts.filter(trouble => trouble.tone === 'error').length,
		other: sum(count, ['progressing', 'terminating', 'unknown']),
		troubles: ours.map(toTrouble),
		notRead: own.flatMap(unreadOf),
		loading: own.some(isLoading),
	};
}

function countTones(family: Family, kinds: readonly KindHealth[]): ReadonlyMap<Tone, number> {
	const total = new Map<Tone, number>();
	for (const kind of kinds) for (const [tone, count] of kind.counts(family)) total.set(tone, (total.get(tone) ?? 0) + count);
	return total;
}

function sum(counts: ReadonlyMap<Tone, number>, tones: readonly Tone[]): number {
	return tones.reduce((total, tone) => total + (counts.get(tone) ?? 0), 0);
}

function toTrouble({kind, item, tone, why, since}: Troubled): Trouble {
	return since === undefined ? {kind, ref: item.ref, tone, why} : {kind, ref: item.ref, tone, why, since};
}

function isLoading({handle, behind}: KindHealth): boolean {
	const {data, stream} = handle.state();
	return behind || (data !== 'ready' && (stream.state === 'loading' || stream.state === 'queued' || stream.state === 'live'));
}

/** What keeps a kind from being counted in full: nothing was read, it is no longer allowed, or only in some namespaces. */
function unreadOf({handle, name}: KindHealth): readonly Unread[] {
	const {data, stream, partial} = handle.state();
	if (stream.state === 'denied' || stream.state === 'login-needed') return [{kind: name, problem: stream.problem}];
	if (stream.state === 'reconnecting' && data !== 'ready') return [{kind: name, problem: stream.problem}];
	return partial === undefined ? [] : [{kind: name, problem: partialProblem(name, partial)}];
}

function partialProblem(kind: string, namespaces: readonly string[]): Problem {
	const where = namespaces.length === 1 ? '1 namespace' : `${namespaces.length} namespaces`;
	return {code: 'forbidden', what: `Read ${kind} in ${where} only`, cause: 'you may not list them in all namespaces'};
}

/** The server's own checks count beside the control plane's pods; `/livez` only with what `/readyz` does not have. */
function withChecks(health: FamilyHealth, {checks, problem, readAt}: ChecksState): FamilyHealth {
	const ready = checks.filter(check => check.endPoint === 'readyz');
	const known = new Set(ready.map(check => check.name));
	const counted = [...ready, ...checks.filter(check => check.endPoint !== 'readyz' && !known.has(check.name))];
	const failed = counted.filter(check => !check.ok);
	return {
		...health,
		ok: health.ok + counted.length - failed.length,
		error: health.error + failed.length,
		troubles: [...failed.map(checkTrouble), ...health.troubles],
		notRead: problem === undefined ? health.notRead : [{kind: 'readyz', problem}, ...health.notRead],
		loading: health.loading || (readAt === undefined && problem === undefined),
		...(ready.length > 0 && failed.length === 0 ? {fact: `readyz ${ready.length}/${ready.length} ok`} : {}),
	};
}

function checkTrouble({endPoint, name, reason}: Check): Trouble {
	return {ref: {apiVersion: '', kind: 'Check', name: `${endPoint}/${name}`}, tone: 'error', why: reason || 'failed'};
}
