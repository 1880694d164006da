import {fieldsOf} from '../core/field.ts';
import type {KubeObject} from '../core/kubernetes.ts';
import {maskSecret} from '../core/mask-secret.ts';
import {apiVersionOf, type ResourceType} from '../core/resource-type.ts';
import {yamlLines} from '../core/yaml-text.ts';
import {jsonText} from './json-text.ts';

/**
 * An object as `kubectl get -o json|yaml` shows it: with apiVersion and kind, which items of some lists lack, without
 * managedFields, and with the data of a Secret masked unless it is to be revealed.
 */
export function shownObject(object: KubeObject, type: ResourceType, reveal: boolean): KubeObject {
	const {managedFields: _, ...metadata} = fieldsOf(object.metadata);
	// Only a field that Meta does not know was taken away.
	const whole: KubeObject = {
		...object,
		apiVersion: object.apiVersion ?? apiVersionOf(type),
		kind: object.kind ?? type.kind,
		metadata: metadata as KubeObject['metadata'],
	};
	return reveal ? whole : maskSecret(whole, []);
}

/** One object as kubectl prints it: four blanks, keys sorted. */
export function objectJson(object: KubeObject): string {
	return `${json(object)}\n`;
}

/** A `v1` List as kubectl prints it, in pieces: many objects do not fit into one string. */
export function* listJson(objects: Iterable<KubeObject>): Generator<string> {
	let isEmpty = true;
	for (const object of objects) {
		yield `${isEmpty ? '{\n    "apiVersion": "v1",\n    "items": [\n' : ',\n'}        ${json(object).replaceAll('\n', '\n        ')}`;
		isEmpty = false;
	}
	yield isEmpty ? '{\n    "apiVersion": "v1",\n    "items": []' : '\n    ]';
	yield ',\n    "kind": "List",\n    "metadata": {\n        "resourceVersion": ""\n    }\n}\n';
}

/** One object as kubectl prints it. */
export function objectYaml(object: KubeObject): string {
	return `${yamlLines(object).join('\n')}\n`;
}

/** A `v1` List as kubectl prints it, in pieces. */
export function* listYaml(objects: Iterable<KubeObject>): Generator<string> {
	let isEmpty = true;
	for (const object of objects) {
		yield `${isEmpty ? 'apiVersion: v1\nitems:\n' : ''}${yamlLines([object]).join('\n')}\n`;
		isEmpty = false;
	}
	yield `${isEmpty ? 'apiVersion: v1\nitems: []\n' : ''}kind: List\nmetadata:\n  resourceVersion: ""\n`;
}

function json(object: KubeObject): string {
	return jsonText(sorted(object), 4);
}

/** A copy with sorted keys, as Go writes its maps. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, inner]) => [key, sorted(inner)]),
	);
}
