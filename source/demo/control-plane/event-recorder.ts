import type {DemoCluster} from '../cluster.ts';
import {numberAt, textAt} from '../json.ts';
import {type StoredObject, timestamp} from '../stored-object.ts';
import type {EventText} from './control.ts';

/** Events live for an hour (kube-apiserver --event-ttl). */
const lifetimeMs = 3_600_000;

function reference(object: StoredObject, fieldPath: string | undefined): Readonly<Record<string, string>> {
	const {namespace, name, uid, resourceVersion} = object.metadata;
	// A kubelet names its node by name where the uid should stand.
	const own = object.kind === 'Node' ? {kind: 'Node', name, uid: name} : {kind: object.kind, name, uid, apiVersion: object.apiVersion, resourceVersion};
	return {...own, ...(namespace === undefined ? {} : {namespace}), ...(fieldPath === undefined ? {} : {fieldPath})};
}

/** Stores an event, or counts one up that said the same of the same object. */
export function recordEvent(cluster: DemoCluster, object: StoredObject, event: EventText): void {
	const namespace = object.metadata.namespace ?? 'default';
	const now = cluster.now();
	const past = event.past ?? {first: now, last: now, count: 1};
	const known = cluster
		.list('events', namespace)
		.find(({involvedObject, reason, message}) => textAt(involvedObject, 'uid') === object.metadata.uid && reason === event.reason && message === event.message);
	if (known !== undefined) {
		cluster.replace({...known, count: numberAt(known, 'count') + past.count, lastTimestamp: timestamp(past.last)});
		return;
	}
	const source = {component: event.component, ...(event.host === undefined ? {} : {host: event.host})};
	cluster.create({
		apiVersion: 'v1',
		kind: 'Event',
		metadata: {name: `${object.metadata.name}.${cluster.random.hex(16)}`, namespace, creationTimestamp: timestamp(past.first)},
		involvedObject: reference(object, event.fieldPath),
		reason: event.reason,
		message: event.message,
		source,
		firstTimestamp: timestamp(past.first),
		lastTimestamp: timestamp(past.last),
		count: past.count,
		type: event.type,
		eventTime: null,
		reportingComponent: event.component,
		reportingInstance: event.host ?? '',
	});
}

/** Deletes the events whose hour is over. */
export function expireEvents(cluster: DemoCluster): void {
	const limit = timestamp(cluster.now() - lifetimeMs);
	for (const event of cluster.list('events')) {
		if (textAt(event, 'lastTimestamp') < limit) cluster.delete('events', event.metadata.namespace, event.metadata.name);
	}
}
