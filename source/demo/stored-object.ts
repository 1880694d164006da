import {isRecord, type Json, type JsonObject} from './json.ts';

export type StoredOwner = Readonly<{apiVersion: string; kind: string; name: string; uid: string; controller?: boolean; blockOwnerDeletion?: boolean}>;

/** ObjectMeta with what the server fills in. */
export type StoredMeta = Readonly<{
	name: string;
	generateName?: string;
	namespace?: string;
	uid: string;
	resourceVersion: string;
	generation?: number;
	creationTimestamp: string;
	deletionTimestamp?: string;
	deletionGracePeriodSeconds?: number;
	labels?: Readonly<Record<string, string>>;
	annotations?: Readonly<Record<string, string>>;
	ownerReferences?: readonly StoredOwner[];
	finalizers?: readonly string[];
	managedFields?: readonly JsonObject[];
}>;

/** An object as the store holds it; replaced on every write, never changed. */
export type StoredObject = Readonly<{apiVersion: string; kind: string; metadata: StoredMeta; [field: string]: Json | undefined}>;

/** What a writer gives: the server adds uid, resourceVersion and creation time where they are missing. */
export type NewObject = Readonly<{apiVersion: string; kind: string; metadata: Partial<StoredMeta>; [field: string]: Json | undefined}>;

/** `shop/web`, or the name alone: the key of an object in its store, in the order of etcd's keys. */
export function keyOf(namespace: string | undefined, name: string): string {
	return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;
}

/** Whether parsed JSON has the frame of an object: apiVersion, kind and a metadata record. */
export function isNewObject(value: Json): value is NewObject {
	return isRecord(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string' && isRecord(value['metadata']);
}

/** The owner that controls an object. */
export function controllerOf(object: StoredObject): StoredOwner | undefined {
	return object.metadata.ownerReferences?.find(owner => owner.controller === true);
}

/** An ownerReferences entry for the controller of a new object. */
export function ownedBy(owner: StoredObject): StoredOwner {
	return {apiVersion: owner.apiVersion, kind: owner.kind, name: owner.metadata.name, uid: owner.metadata.uid, controller: true, blockOwnerDeletion: true};
}

/** RFC 3339 in seconds, as metav1.Time is served. */
export function timestamp(milliseconds: number): string {
	return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** RFC 3339 in microseconds, as metav1.MicroTime is served. */
export function microTimestamp(milliseconds: number): string {
	return `${new Date(milliseconds).toISOString().slice(0, 23)}000Z`;
}
