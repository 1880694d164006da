import type {KubeObject} from '../kubernetes.ts';
import {type Fields, fieldsOf} from '../field.ts';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
/** What no network check reads of a pod, and what most of its weight is. */
const podSpecWeight = new Set([
	'affinity',
	'imagePullSecrets',
	'nodeSelector',
	'preemptionPolicy',
	'priority',
	'schedulerName',
	'securityContext',
	'tolerations',
	'topologySpreadConstraints',
	'volumes',
]);
const containerWeight = new Set([
	'lifecycle',
	'resources',
	'securityContext',
	'terminationMessagePath',
	'terminationMessagePolicy',
	'volumeDevices',
	'volumeMounts',
]);
const statusWeight = new Set(['allocatedResources', 'containerID', 'imageID', 'resources', 'user', 'volumeMounts']);

/** The object without managedFields and the last-applied annotation; a pod also without what the network has nothing to do with. */
export function leanObject(object: KubeObject): KubeObject {
	const {annotations, ...meta} = without(fieldsOf(object.metadata), new Set(['managedFields', 'selfLink']));
	const kept = without(fieldsOf(annotations), new Set([lastApplied]));
	const metadata = Object.keys(kept).length === 0 ? meta : {...meta, annotations: kept};
	// Fields were left out, none was changed.
	const lean = {...object, metadata} as KubeObject & {spec?: unknown; status?: unknown};
	if (object.kind !== 'Pod') return lean;
	return {
		...lean,
		spec: leanLists(without(fieldsOf(lean.spec), podSpecWeight), containerWeight),
		status: leanLists(fieldsOf(lean.status), statusWeight),
	} as KubeObject;
}

/** Every list of records in `fields` without these keys: containers, their statuses. */
function leanLists(fields: Fields, weight: ReadonlySet<string>): Fields {
	return Object.fromEntries(
		Object.entries(fields).map(([key, value]) => [key, Array.isArray(value) ? value.map(inner => (isRecord(inner) ? without(inner, weight) : inner)) : value]),
	);
}

function isRecord(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function without(fields: Fields, keys: ReadonlySet<string>): Fields {
	return Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.has(key)));
}
