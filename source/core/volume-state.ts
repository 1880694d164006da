import {type Condition, conditionIs} from './conditions.ts';
import {type Judgement, leaving} from './judgement.ts';
import type {Item, KubeObject} from './kubernetes.ts';
import {printedText} from './printed.ts';
import type {CellContext} from './table.ts';
import {ageMs} from './timestamp.ts';

/** What k8tui reads of a PersistentVolumeClaim. */
export type PersistentVolumeClaim = KubeObject &
	Readonly<{
		spec?: Readonly<{volumeName?: string; storageClassName?: string; resources?: Readonly<{requests?: Readonly<Record<string, string>>}>}>;
		status?: Readonly<{phase?: string; capacity?: Readonly<Record<string, string>>; conditions?: readonly Condition[]}>;
	}>;

/** Binding a claim or a volume takes moments; after this it waits for something. */
const bindingMs = 60_000;
/** Set by the scheduler once a pod that needs the claim has a node; from then on a volume should come (pkg/volume/util `AnnSelectedNode`). */
const selectedNode = 'volume.kubernetes.io/selected-node';

/** The state of a claim. Rules: screens.md 7; how full it is only the kubelet knows. */
export function judgeClaim(item: Item<PersistentVolumeClaim>, context: CellContext): Judgement {
	const phase = printedText(item, 'Status');
	if (phase === 'Lost' || phase === 'Failed') return {tone: 'error', word: phase, why: `${phase}: its volume is gone`};
	const gone = leaving(item);
	if (gone) return gone;
	if (phase === 'Pending') return judgePendingClaim(item, context);
	const conditions = item.object?.status?.conditions;
	const resizing = conditionIs(conditions, 'Resizing', 'True') || conditionIs(conditions, 'FileSystemResizePending', 'True');
	if (resizing) return {tone: 'progressing', word: `${phase}, resizing`};
	return phase === 'Bound' ? {tone: 'ok', word: phase} : {tone: 'unknown', word: phase || 'Unknown'};
}

function judgePendingClaim(item: Item, {beside, now}: CellContext): Judgement {
	const late = ageMs(item, now) > bindingMs;
	const binding = bindingMode(item, beside);
	if (binding === 'WaitForFirstConsumer' && item.meta.annotations?.[selectedNode] === undefined) {
		return {tone: 'muted', word: 'Pending (no pod yet)'};
	}
	// Without the classes it may be waiting for its first pod: that is no fault.
	if (!late || binding === undefined) return {tone: 'progressing', word: 'Pending'};
	return {tone: 'warning', word: 'Pending', why: binding === 'missing' ? 'its storage class does not exist' : 'no volume for more than a minute'};
}

/** When the claim's class binds; `missing`: there is no such class; undefined: classes have not been read. A claim without a class binds at once. */
function bindingMode(item: Item, beside: CellContext['beside']): string | undefined {
	if (!beside.ready('storageclasses')) return undefined;
	const name = printedText(item, 'StorageClass');
	if (name === '') return 'Immediate';
	const storageClass = beside.find('storageclasses', undefined, name);
	return storageClass ? printedText(storageClass, 'VolumeBindingMode') : 'missing';
}

/** The state of a volume. Rules: screens.md 7. */
export function judgeVolume(item: Item, {now}: CellContext): Judgement {
	const phase = printedText(item, 'Status');
	if (phase === 'Failed' || phase === 'Lost') return {tone: 'error', word: phase, why: printedText(item, 'Reason') || phase};
	const gone = leaving(item);
	if (gone) return gone;
	if (phase === 'Released') return {tone: 'warning', word: phase, why: 'its claim is gone, its data is kept'};
	if (phase === 'Pending') {
		return ageMs(item, now) > bindingMs ? {tone: 'warning', word: phase, why: 'Pending for more than a minute'} : {tone: 'progressing', word: phase};
	}
	return phase === 'Bound' || phase === 'Available' ? {tone: 'ok', word: phase} : {tone: 'unknown', word: phase || 'Unknown'};
}
