import {type Condition, conditionOf} from './conditions.ts';
import type {Judgement} from './judgement.ts';
import {leaving} from './judgement.ts';
import type {Item, KubeObject} from './kubernetes.ts';
import {printedText} from './printed.ts';
import type {CellContext} from './table.ts';
import {ageMs, timestamp} from './timestamp.ts';

/** What k8tui reads of a Node. */
export type Node = KubeObject &
	Readonly<{
		spec?: Readonly<{unschedulable?: boolean; taints?: ReadonlyArray<Readonly<{key: string; effect?: string; value?: string}>>}>;
		status?: Readonly<{
			conditions?: readonly Condition[];
			nodeInfo?: Readonly<{kubeletVersion?: string}>;
			/** What pods may use, and what the machine has; quantities by resource. */
			allocatable?: Readonly<Record<string, string>>;
			capacity?: Readonly<Record<string, string>>;
		}>;
	}>;
/** What k8tui reads of a Lease. */
export type Lease = KubeObject & Readonly<{spec?: Readonly<{holderIdentity?: string; renewTime?: string; leaseDurationSeconds?: number}>}>;

/** A kubelet renews its lease every 10 s; four missed ones and the node controller gives up on it (leaseDurationSeconds 40). */
const silentMs = 40_000;
/** A new node is NotReady until its network is set up. */
const joiningMs = 60_000;
const leaseNamespace = 'kube-node-lease';

/** Has the control plane lost touch with the node? Then nothing that its pods' statuses say is current. */
export function isNodeLost(item: Item): boolean {
	const conditions = nodeOf(item)?.status?.conditions;
	return conditions ? conditionOf(conditions, 'Ready')?.status === 'Unknown' : printedText(item, 'Status').startsWith('Unknown');
}

/** May `isNodeLost` be true of this node, by what the server prints? It prints the same for a kubelet that is not ready and for one that is silent. */
export function mayBeLost(item: Item): boolean {
	return printedText(item, 'Status').startsWith('NotReady');
}

/** The state of a node. Rules: screens.md 7; the certificate's age is not in the API. */
export function judgeNode(item: Item<Node>, context: CellContext): Judgement {
	const conditions = item.object?.status?.conditions;
	const ready = conditionOf(conditions, 'Ready');
	const joining = ageMs(item, context.now) < joiningMs;
	const pressures = pressuresOf(conditions);
	const word = [printedText(item, 'Status') || 'Unknown', ...pressures].join(',');
	if (word.startsWith('NotReady')) return judgeNotReady(word, ready, joining);
	const gone = leaving(item);
	if (gone) return gone;
	if (word.startsWith('Unknown')) return {tone: joining ? 'progressing' : 'unknown', word};
	const renewed = silentSince(item, context);
	if (renewed !== undefined) return {tone: 'unknown', word: 'Unknown (lease)', since: renewed, why: 'its kubelet has not renewed its lease for 40s'};
	return judgeReady(item, word, pressures, context);
}

function judgeReady(item: Item<Node>, word: string, pressures: readonly string[], context: CellContext): Judgement {
	if (pressures.length > 0) return {tone: 'warning', word, why: pressures.join(', ')};
	if (word.includes('SchedulingDisabled')) return {tone: 'warning', word, why: 'cordoned'};
	const behind = minorsBehind(item, context.serverVersion);
	if (behind > 1) return {tone: 'warning', word, why: `kubelet ${printedText(item, 'Version')} is ${behind} minor versions behind the server`};
	return {tone: 'ok', word};
}

function judgeNotReady(word: string, ready: Condition | undefined, joining: boolean): Judgement {
	if (ready?.status === 'Unknown') {
		const since = timestamp(ready.lastTransitionTime);
		const why = ready.message ?? 'its kubelet stopped reporting';
		return since === undefined ? {tone: 'error', word, why} : {tone: 'error', word, since, why};
	}
	if (joining) return {tone: 'progressing', word};
	return {tone: 'error', word, why: ready?.message ?? word};
}

/** Memory, disk, PID pressure and a network that is not there, as the kubelet reports them. */
function pressuresOf(conditions: readonly Condition[] | undefined): readonly string[] {
	return (conditions ?? []).filter(({type, status}) => status === 'True' && (type.endsWith('Pressure') || type === 'NetworkUnavailable')).map(({type}) => type);
}

/** When the kubelet renewed its lease, where that is too long ago. */
function silentSince(item: Item, {beside, now}: CellContext): number | undefined {
	if (!beside.ready('leases')) return undefined;
	const lease = beside.find('leases', leaseNamespace, item.meta.name);
	// The records of a kind are read in its own mode: a lease is a whole object.
	const renewed = timestamp((lease?.object as Lease | undefined)?.spec?.renewTime);
	return renewed !== undefined && now - renewed > silentMs ? renewed : undefined;
}

/** How many minor versions the kubelet is behind the API server; 0 when either is unknown. */
function minorsBehind(item: Item, serverVersion: string | undefined): number {
	const minor = (version: string | undefined): number => Number(/^v?\d+\.(\d+)/.exec(version ?? '')?.[1]);
	const behind = minor(serverVersion) - minor(printedText(item, 'Version'));
	return Number.isNaN(behind) ? 0 : behind;
}

function nodeOf(item: Item): Node | undefined {
	// Items of the kind `nodes` hold Nodes.
	return item.object as Node | undefined;
}
