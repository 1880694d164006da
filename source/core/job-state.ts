import {type Condition, conditionIs, conditionOf} from './conditions.ts';
import {longestPauseMs} from './cron-schedule.ts';
import {type Judgement, leaving} from './judgement.ts';
import type {Item, KubeObject} from './kubernetes.ts';
import {printedNumber, printedText} from './printed.ts';
import type {CellContext} from './table.ts';
import {timestamp} from './timestamp.ts';

/** What k8tui reads of a Job. */
export type Job = KubeObject &
	Readonly<{
		spec?: Readonly<{suspend?: boolean}>;
		status?: Readonly<{active?: number; failed?: number; succeeded?: number; startTime?: string; completionTime?: string; conditions?: readonly Condition[]}>;
	}>;
/** What k8tui reads of a CronJob. */
export type CronJob = KubeObject &
	Readonly<{
		spec?: Readonly<{schedule?: string; suspend?: boolean; concurrencyPolicy?: string}>;
		status?: Readonly<{lastScheduleTime?: string; lastSuccessfulTime?: string}>;
	}>;

/** The controller may be late by this much without having missed anything. */
const lateMs = 2 * 60_000;

/** The state of a job. Rules: screens.md 7. Without the whole object failed tries are not seen. */
export function judgeJob(item: Item<Job>): Judgement {
	const conditions = item.object?.status?.conditions;
	const status = printedText(item, 'Status') || statusOf(conditions);
	const failed = conditionOf(conditions, 'Failed') ?? conditionOf(conditions, 'FailureTarget');
	if (status === 'Failed' || status === 'FailureTarget') return {tone: 'error', word: 'Failed', why: failed?.reason ?? 'Failed'};
	if (status === 'Complete' || status === 'SuccessCriteriaMet') return {tone: 'muted', word: status};
	const gone = leaving(item);
	if (gone) return gone;
	if (status === 'Suspended') return {tone: 'muted', word: status};
	const tries = item.object?.status?.failed ?? 0;
	if (tries > 0) return {tone: 'warning', word: `${status}, ${tries} failed`, why: tries === 1 ? '1 failed try' : `${tries} failed tries`};
	return {tone: 'progressing', word: status};
}

/** Servers before 1.30 print no Status column for jobs; the words are those of later ones. */
function statusOf(conditions: readonly Condition[] | undefined): string {
	if (conditionIs(conditions, 'Complete', 'True')) return 'Complete';
	if (conditionIs(conditions, 'Failed', 'True')) return 'Failed';
	return conditionIs(conditions, 'Suspended', 'True') ? 'Suspended' : 'Running';
}

/** The state of a cron job. Rules: screens.md 7; the result of its last job counts where jobs have been read. */
export function judgeCronJob(item: Item<CronJob>, context: CellContext): Judgement {
	const gone = leaving(item);
	if (gone) return gone;
	const last = lastJob(item, context);
	const failed = last && judgeJob(last);
	if (last && failed?.tone === 'error') return {tone: 'error', word: 'Last job failed', why: `job ${last.meta.name} failed: ${failed.why ?? failed.word}`};
	if (item.object?.spec?.suspend === true || printedText(item, 'Suspend') === 'True') return {tone: 'muted', word: 'Suspended'};
	const active = printedNumber(item, 'Active') ?? 0;
	const skipped = active > 0 && item.object?.spec?.concurrencyPolicy === 'Forbid';
	if (!skipped && isOverdue(item, context.now)) return {tone: 'warning', word: 'Missed schedule', why: 'no run for longer than its schedule allows'};
	return active > 0 ? {tone: 'progressing', word: 'Active'} : {tone: 'ok', word: 'Waiting'};
}

/** No run for longer than the longest pause of its schedule, counted from the last one or from its creation. */
function isOverdue(item: Item<CronJob>, now: number): boolean {
	const {object, meta} = item;
	const last = timestamp(object?.status?.lastScheduleTime) ?? timestamp(meta.creationTimestamp);
	if (!object || last === undefined) return false;
	const pause = longestPauseMs(object.spec?.schedule ?? '', last);
	return pause !== undefined && now - last > pause + lateMs;
}

/** The newest job that this cron job made. */
function lastJob(item: Item, {beside}: CellContext): Item<Job> | undefined {
	if (!beside.ready('jobs')) return undefined;
	const own = beside.list('jobs', item.meta.namespace).filter(({meta}) => meta.ownerReferences?.some(({uid}) => uid === item.meta.uid));
	const newest = own.reduce<Item | undefined>(
		(latest, job) => ((job.meta.creationTimestamp ?? '') > (latest?.meta.creationTimestamp ?? '') ? job : latest),
		undefined,
	);
	// Items of the kind `jobs` hold Jobs.
	return newest as Item<Job> | undefined;
}
