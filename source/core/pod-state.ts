import type {Judgement} from './judgement.ts';
import type {Item} from './kubernetes.ts';
import {isNodeLost} from './node-state.ts';
import {printedRatio, printedRestarts, printedText} from './printed.ts';
import {recentRestartMs} from './standard-columns.ts';
import type {CellContext} from './table.ts';
import {ageMs, timestamp} from './timestamp.ts';

/** Pending, Init and ContainerCreating are normal for this long (screens.md 7, Pod). */
const startingMs = 60_000;

/** Words that begin or end like this are failures: reasons of the kubelet and the runtime come in families. */
const failure =
	/^(?:Err|ExitCode:|Signal:|OutOf|Unexpected|Evicted$|Failed$|OOMKilled$|InvalidImageName$|DeadlineExceeded$|ContainerCannotRun$|NodeAffinity$|Preempting$|RegistryUnavailable$)|(?:BackOff|Error)$/;
const starting = /^(?:Pending|ContainerCreating|PodInitializing|\d+\/\d+)$/;
const done = new Set(['Completed', 'Succeeded']);

/**
 * The state of a pod from what the server printed, its deletionTimestamp and its creationTimestamp alone, so that ten thousand
 * pods need no whole objects. Rules: screens.md 7, the gravest first.
 */
export function judgePod(item: Item, context: CellContext): Judgement {
	const status = printedText(item, 'Status');
	const reason = status.replace(/^Init:/, '');
	if (failure.test(reason)) return {tone: 'error', word: status, why: restartsWhy(item, status, context.now)};
	if (status === 'Unknown' || status === 'NodeLost' || reason === 'ContainerStatusUnknown') return {tone: 'unknown', word: status};
	if (item.meta.deletionTimestamp !== undefined) return judgeTerminating(item, status, context.now);
	if (done.has(status)) return {tone: 'muted', word: status};
	if (status === 'SchedulingGated') return {tone: 'muted', word: status};
	if (onLostNode(item, context)) return {tone: 'unknown', word: 'Unknown (node)', why: `node ${printedText(item, 'Node')} is not answering`};
	if (starting.test(reason)) return judgeStarting(item, status, context.now);
	if (status === 'Running' || status === 'NotReady') return judgeRunning(item, status, context.now);
	return {tone: 'unknown', word: status === '' ? 'Unknown' : status};
}

function restartsWhy(item: Item, status: string, now: number): string {
	const {count = 0} = printedRestarts(item, now) ?? {};
	if (count === 0) return status;
	return `${status}, ${count === 1 ? '1 restart' : `${count} restarts`}`;
}

/** deletionTimestamp is when the grace period ends; it was asked for that much earlier (API reference, ObjectMeta). */
function judgeTerminating(item: Item, status: string, now: number): Judgement {
	const end = timestamp(item.meta.deletionTimestamp) ?? now;
	const since = end - (item.meta.deletionGracePeriodSeconds ?? 0) * 1000;
	const word = status === '' ? 'Terminating' : status;
	const counted = word === 'Terminating' ? {word, since} : {word};
	return now > end ? {tone: 'warning', ...counted, why: 'still there after its grace period'} : {tone: 'terminating', ...counted};
}

function judgeStarting(item: Item, status: string, now: number): Judgement {
	const late = ageMs(item, now) > startingMs;
	if (!late) return {tone: 'progressing', word: status};
	const created = timestamp(item.meta.creationTimestamp);
	const since = created === undefined ? {} : {troubledSince: created};
	// A pod without a node after that time found none that fits.
	if (status === 'Pending' && printedText(item, 'Node') === '') return {tone: 'error', word: status, why: 'no node takes it', ...since};
	return {tone: 'warning', word: status, why: `${status} for more than a minute`, ...since};
}

function judgeRunning(item: Item, status: string, now: number): Judgement {
	const ready = printedRatio(item, 'Ready');
	if (ready && ready.have < ready.want) {
		const unready = ready.want - ready.have;
		// Not `1/2 ready`: that is how a workload counts its pods, and both may stand in one sentence.
		const why = ready.want === 1 ? 'its container is not ready' : `${unready} of ${ready.want} containers not ready`;
		return {tone: 'warning', word: `${status}, ${unready} unready`, why};
	}
	if (status === 'NotReady') return {tone: 'warning', word: status};
	const restarted = printedRestarts(item, now)?.since;
	if (restarted !== undefined && now - restarted < recentRestartMs)
		return {tone: 'warning', word: status, why: 'restarted less than 10m ago', troubledSince: restarted};
	return {tone: 'ok', word: status};
}

function onLostNode(item: Item, {beside}: CellContext): boolean {
	const node = printedText(item, 'Node');
	if (node === '' || !beside.ready('nodes')) return false;
	const found = beside.find('nodes', undefined, node);
	return found === undefined || isNodeLost(found);
}
