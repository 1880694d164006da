import {isRecord, type Json, type JsonObject, listAt, textAt} from './json.ts';

/** RFC 7386: null removes a field, records are merged, everything else replaces. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
	if (!isRecord(patch)) return patch;
	const merged: Record<string, Json | undefined> = isRecord(target) ? {...target} : {};
	for (const [key, value] of Object.entries(patch)) {
		if (value === null) delete merged[key];
		else if (value !== undefined) merged[key] = mergePatch(merged[key], value);
	}
	return merged;
}

/** Lists that a strategic merge patch merges by a key instead of replacing them: those of the API's patchMergeKey tags that patches of people name. */
const mergeKeys: Readonly<Record<string, string>> = {
	containers: 'name',
	initContainers: 'name',
	ephemeralContainers: 'name',
	env: 'name',
	volumes: 'name',
	volumeMounts: 'mountPath',
	conditions: 'type',
	ports: 'containerPort',
};

function mergeList(target: Json | undefined, patch: readonly Json[], key: string): readonly Json[] {
	const merged = [...listAt({list: target}, 'list')];
	for (const entry of patch) {
		const index = merged.findIndex(known => isRecord(known) && isRecord(entry) && known[key] === entry[key]);
		if (textAt(entry, '$patch') === 'delete') {
			if (index >= 0) merged.splice(index, 1);
		} else if (index < 0) merged.push(entry);
		else merged[index] = strategicMerge(merged[index], entry);
	}
	return merged;
}

/**
 * A strategic merge patch in the part that kubectl's everyday commands need: records are merged, the lists of `mergeKeys` by their key,
 * `$patch: delete` removes an entry, all other lists are replaced.
 */
export function strategicMerge(target: Json | undefined, patch: Json): Json {
	if (!isRecord(patch)) return patch;
	const merged: Record<string, Json | undefined> = isRecord(target) ? {...target} : {};
	for (const [key, value] of Object.entries(patch)) {
		const mergeKey = mergeKeys[key];
		if (value === null) delete merged[key];
		else if (Array.isArray(value) && mergeKey !== undefined) merged[key] = mergeList(merged[key], value, mergeKey);
		else if (value !== undefined && !key.startsWith('$')) merged[key] = strategicMerge(merged[key], value);
	}
	return merged;
}

/** Merges two objects whose frame is known to stay. */
export function mergeObject<T extends JsonObject>(target: T, patch: JsonObject): T {
	// A merge patch of records keeps the record; only a caller that nulls required fields could break the type.
	return mergePatch(target, patch) as T;
}
