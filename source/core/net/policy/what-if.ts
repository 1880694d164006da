import {fieldAt, listAt, textAt} from '../../field.ts';
import type {KubeObject} from '../../kubernetes.ts';
import type {NetworkPolicy} from './network-policy.ts';

/** One document of a YAML file, or why it cannot be read; made outside core/, where YAML is read. */
export type ParsedDocument = Readonly<{ok: true; value: unknown} | {ok: false; line: number; problem: string}>;

export type WhatIf = Readonly<{
	/** The cluster's policies with those of the file in their places. */
	policies: readonly NetworkPolicy[];
	/** `namespace/name` of the file's policies. */
	added: readonly string[];
	replaced: readonly string[];
	/** What of the file is no NetworkPolicy or cannot be read, a sentence each without its full stop. */
	ignored: readonly string[];
}>;

/** The policies as they would be with the file applied: same namespace and name is replaced. A policy without a namespace is of `namespace`, as with kubectl. */
export function applyWhatIf(current: readonly NetworkPolicy[], documents: readonly ParsedDocument[], namespace: string): WhatIf {
	const ignored: string[] = [];
	const edited = new Map<string, NetworkPolicy>();
	for (const document of documents) {
		if (!document.ok) {
			ignored.push(`line ${document.line} is no YAML: ${document.problem}`);
			continue;
		}
		for (const object of objectsIn(document.value)) {
			const read = readPolicy(object, namespace);
			if (typeof read === 'string') ignored.push(read);
			else edited.set(keyOf(read), read);
		}
	}
	const known = new Set(current.map(keyOf));
	const isReplaced = (key: string): boolean => known.has(key);
	return {
		policies: [...current.map(policy => edited.get(keyOf(policy)) ?? policy), ...[...edited].filter(([key]) => !isReplaced(key)).map(([, policy]) => policy)],
		added: [...edited.keys()].filter(key => !isReplaced(key)),
		replaced: [...edited.keys()].filter(isReplaced),
		ignored,
	};
}

/** A List holds its objects in `items`; an empty document holds none. */
function objectsIn(value: unknown): readonly unknown[] {
	if (value === null || value === undefined) return [];
	const kind = textAt(value, 'kind') ?? '';
	return kind === 'List' || kind === 'NetworkPolicyList' ? listAt(value, 'items').flatMap(objectsIn) : [value];
}

/** The policy, or the sentence that says why it is none. */
function readPolicy(value: unknown, namespace: string): NetworkPolicy | string {
	const [apiVersion, kind, name] = [textAt(value, 'apiVersion'), textAt(value, 'kind'), textAt(value, 'metadata', 'name')];
	if (kind === undefined || apiVersion === undefined) return 'a document has no apiVersion or kind';
	if (kind !== 'NetworkPolicy' || apiVersion !== 'networking.k8s.io/v1') return `${kind} ${name ?? ''} (${apiVersion}) is not evaluated`;
	if (name === undefined) return 'a NetworkPolicy has no metadata.name';
	if (fieldAt(value, 'spec', 'podSelector') === undefined) return `NetworkPolicy ${name} has no spec.podSelector, which the API server asks for`;
	// Its kind, apiVersion and name were read right here; the rest is optional throughout.
	const object = value as KubeObject;
	return {...object, metadata: {...object.metadata, namespace: textAt(value, 'metadata', 'namespace') ?? namespace}};
}

function keyOf({metadata}: KubeObject): string {
	return `${metadata.namespace ?? ''}/${metadata.name}`;
}
