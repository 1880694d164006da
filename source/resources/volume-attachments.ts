import {type Judgement, judged, leaving, statusColumn} from '../core/judgement.ts';
import type {Item, KubeObject} from '../core/kubernetes.ts';
import {printedText} from '../core/printed.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name, server} from '../core/standard-columns.ts';

type VolumeError = Readonly<{message?: string}>;
type VolumeAttachment = KubeObject & Readonly<{status?: Readonly<{attached?: boolean; attachError?: VolumeError; detachError?: VolumeError}>}>;

function judgeAttachment(item: Item<VolumeAttachment>): Judgement {
	const status = item.object?.status;
	const failed = status?.attachError ?? status?.detachError;
	if (failed) return {tone: 'error', word: status?.attachError ? 'Attach failed' : 'Detach failed', why: failed.message ?? 'the storage driver failed'};
	const gone = leaving(item);
	if (gone) return gone;
	return printedText(item, 'Attached') === 'true' ? {tone: 'ok', word: 'Attached'} : {tone: 'progressing', word: 'Attaching'};
}

/** Whole objects, because only they say why a volume could not be attached. */
export const volumeAttachments: ResourceKind<VolumeAttachment> = {
	apiVersion: 'storage.k8s.io/v1',
	kind: 'VolumeAttachment',
	plural: 'volumeattachments',
	aliases: [],
	scope: 'cluster',
	mode: 'object',
	columns: [
		name,
		server('Attacher', {priority: 4}),
		server('PV', {priority: 2, cut: 'middle'}),
		server('Node', {priority: 2, cut: 'middle'}),
		server('Attached', {priority: 5}),
		statusColumn(judgeAttachment),
		age,
		labels,
	],
	sort: {by: 'name'},
	...judged(judgeAttachment),
};
