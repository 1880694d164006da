import type {Item, KubeObject, Ref} from './kubernetes.ts';
import {printedText} from './printed.ts';
import {timestamp} from './timestamp.ts';
import type {Tone} from './tone.ts';

/** What k8tui reads of a core/v1 Event. */
export type KubeEvent = KubeObject &
	Readonly<{
		type?: string;
		reason?: string;
		message?: string;
		count?: number;
		firstTimestamp?: string | null;
		lastTimestamp?: string | null;
		eventTime?: string | null;
		series?: Readonly<{count?: number; lastObservedTime?: string}> | null;
		involvedObject?: Readonly<{kind?: string; namespace?: string; name?: string; uid?: string; apiVersion?: string; fieldPath?: string}>;
		source?: Readonly<{component?: string; host?: string}>;
		reportingComponent?: string;
		reportingInstance?: string;
	}>;

/** When it last happened, ms since the epoch (kube-api.md 11; pkg/printers/internalversion `printEvent`). */
export function eventTime(event: KubeEvent): number | undefined {
	return timestamp(event.series?.lastObservedTime || event.lastTimestamp || event.eventTime || event.firstTimestamp || event.metadata.creationTimestamp);
}

/** When it first happened. */
export function eventFirstTime(event: KubeEvent): number | undefined {
	return timestamp(event.firstTimestamp || event.eventTime || event.metadata.creationTimestamp);
}

/** How often. */
export function eventCount(event: KubeEvent): number {
	return event.series?.count || event.count || 1;
}

/** What it happened to, as kubectl names it: `pod/web-0`. */
export function eventObject(event: KubeEvent): string {
	const {kind = '', name = ''} = event.involvedObject ?? {};
	return name === '' ? kind.toLowerCase() : `${kind.toLowerCase()}/${name}`;
}

/** Who says so: `kubelet, node-a1`. */
export function eventSource(event: KubeEvent): string {
	const component = event.reportingComponent || event.source?.component || '';
	const instance = event.source?.host || event.reportingInstance || '';
	return instance === '' || instance === component ? component : `${component}, ${instance}`;
}

/** Reasons of Warning events that mean something does not run, is not there or was killed; others may pass by themselves. */
const failures: ReadonlySet<string> = new Set([
	// kubelet: pkg/kubelet/events
	...['Failed', 'BackOff', 'InspectFailed', 'ErrImageNeverPull', 'FailedKillPod', 'FailedCreatePodContainer', 'FailedPostStartHook', 'FailedPreStopHook'],
	...[
		'FailedCreatePodSandBox',
		'FailedPodSandBoxStatus',
		'FailedMount',
		'FailedMapVolume',
		'FailedAttachVolume',
		'VolumeResizeFailed',
		'FileSystemResizeFailed',
	],
	...['NodeNotReady', 'NetworkNotReady', 'KubeletSetupFailed', 'ContainerGCFailed', 'ImageGCFailed', 'FreeDiskSpaceFailed', 'EvictionThresholdMet'],
	...['Evicted', 'OOMKilling', 'SystemOOM', 'HostPortConflict', 'NodeSelectorMismatching', 'UnexpectedAdmissionError', 'FailedValidation'],
	// scheduler and controllers
	...['FailedScheduling', 'FailedCreate', 'FailedDelete', 'BackoffLimitExceeded', 'DeadlineExceeded', 'PodFailurePolicy', 'ReplicaSetCreateError'],
	...['FailedBinding', 'ProvisioningFailed', 'VolumeFailedDelete', 'ClaimLost', 'FailedToUpdateEndpoint', 'FailedToUpdateEndpointSlices'],
	...[
		'FailedGetScale',
		'FailedGetResourceMetric',
		'FailedComputeMetricsReplicas',
		'FailedRescale',
		'SyncLoadBalancerFailed',
		'NodeAllocatableEnforcementFailed',
	],
	...['FailedPreemption', 'TaintManagerEviction', 'FailedDaemonPod', 'FailedNeedsStart'],
]);

/** Is it on the failure list? */
export function isFailureReason(reason: string): boolean {
	return failures.has(reason);
}

/** The tone of an event: a failure, another warning, or nothing to worry about. */
export function eventTone(item: Item<KubeEvent>): Tone {
	const type = item.object?.type ?? printedText(item, 'Type');
	if (type !== 'Warning') return 'text';
	return isFailureReason(item.object?.reason ?? printedText(item, 'Reason')) ? 'error' : 'warning';
}

/** An event in short: `about` is what it happened to, `at` when it last did (ms since the epoch). */
export type EventFacts = Readonly<{about: Ref; at: number; warning: boolean; reason: string; message: string; count: number}>;

/** The facts of an event; undefined without the whole object or a time. */
export function eventFacts(item: Item): EventFacts | undefined {
	// Items of the kind `events` hold Events.
	const event = item.object as KubeEvent | undefined;
	const at = event && eventTime(event);
	if (!event || at === undefined) return undefined;
	const {apiVersion = 'v1', kind = '', name = '', namespace, uid} = event.involvedObject ?? {};
	const about: Ref = {apiVersion, kind, name, ...(namespace ? {namespace} : {}), ...(uid ? {uid} : {})};
	return {about, at, warning: event.type === 'Warning', reason: event.reason ?? '', message: (event.message ?? '').trim(), count: eventCount(event)};
}
