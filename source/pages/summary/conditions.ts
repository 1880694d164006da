import {listAt, textAt, timeAt} from '../../core/field.ts';
import {span} from '../../core/line.ts';
import type {PageSetting} from '../../core/page.ts';
import type {Tone} from '../../core/tone.ts';
import {timeText} from '../fit.ts';
import {type BlockRow, tableBlock} from './table-block.ts';
import type {Block} from './summary.ts';

/** Conditions that are bad when they are True; for all others True is what one hopes for (API conventions, conditions). */
const badWhenTrue =
	/Pressure$|Fail(?:ed|ure)|Unavailable$|Degraded$|Stalled$|Terminating$|NonStructuralSchema|ViolationFound|Conflict|DisruptionTarget|Deleting|^(?:ReconcileError|ScalingLimited|FileSystemResizePending)$/;
/** Conditions that say what goes on, neither good nor bad. */
const neutral =
	/^(?:Progressing|Suspended|Complete|SuccessCriteriaMet|Reconciling|Resizing|KubernetesAPIApprovalPolicyConformant|PodReadyToStartContainers|FailureTarget)$/;

/** The conditions of any object as a table; nothing when it has none. */
export function conditionsBlock(object: unknown, setting: PageSetting): readonly Block[] {
	const rows = listAt(object, 'status', 'conditions').map((condition): BlockRow => {
		const type = textAt(condition, 'type') ?? '';
		const status = textAt(condition, 'status') ?? '';
		const since = timeAt(condition, 'lastTransitionTime') ?? timeAt(condition, 'lastUpdateTime');
		const message = [textAt(condition, 'reason'), textAt(condition, 'message')].filter(part => part !== undefined).join(': ');
		const tone = conditionTone(type, status);
		return {
			tone,
			cells: [span(type), span(status, tone), span(timeText(since, setting)), span(message)],
			...(message === '' ? {} : {id: `condition:${type}`, copy: message}),
		};
	});
	const specs = [{title: 'CONDITION', min: 10}, {title: 'STATUS'}, {title: 'SINCE', align: 'end'}, {title: 'REASON', min: 6, drop: 1}] as const;
	return tableBlock(specs, rows, setting);
}

/** How a condition reads: its status against what is hoped for. */
export function conditionTone(type: string, status: string): Tone {
	if (status === 'Unknown') return 'unknown';
	if (neutral.test(type)) return 'muted';
	const good = badWhenTrue.test(type) ? status === 'False' : status === 'True';
	if (good) return 'ok';
	return /^(?:Ready|Available|Failed|ReplicaFailure)$/.test(type) ? 'error' : 'warning';
}
