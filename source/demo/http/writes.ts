import {jsonPatch} from '../json-patch.ts';
import {isEqual, isRecord, type Json, parseJson, recordAt} from '../json.ts';
import type {DemoKind} from '../kind.ts';
import {apiVersionOf} from '../kind-registry.ts';
import {parseListOptions} from '../list-options.ts';
import {mergePatch, strategicMerge} from '../merge-patch.ts';
import {entryOf} from '../resource-store.ts';
import {badRequest, invalid, methodNotAllowed, modifiedMeanwhile, noSuchResource, notFound, StatusError} from '../status-error.ts';
import {isNewObject, type NewObject, type StoredMeta, type StoredObject} from '../stored-object.ts';
import type {Answer, ApiContext, KindRequest} from './api-context.ts';

function parsedBody(request: KindRequest): Json {
	try {
		return parseJson(request.body === '' ? '{}' : request.body);
	} catch (error) {
		throw badRequest(`couldn't get version/kind; json parse error: ${error instanceof Error ? error.message : String(error)}`);
	}
}

function objectIn(kind: DemoKind, body: Json): NewObject {
	const typed = isRecord(body) ? {apiVersion: apiVersionOf(kind), kind: kind.kind, metadata: {}, ...body} : body;
	if (!isNewObject(typed)) throw badRequest(`the object provided is unrecognized as ${kind.kind}`);
	if (typed.apiVersion !== apiVersionOf(kind) || typed.kind !== kind.kind) {
		throw badRequest(`${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: the kind in the data (${typed.kind}) does not match`);
	}
	return typed;
}

/** A dry run goes all the way but into the store. */
function isDryRun(request: KindRequest): boolean {
	return request.url.searchParams.getAll('dryRun').includes('All');
}

function currentOf(context: ApiContext, request: KindRequest): StoredObject {
	const {name, namespace} = request.info;
	const object = context.cluster.store(request.kind).get(request.kind.namespaced ? namespace : undefined, name);
	if (object === undefined) throw notFound(request.kind, name);
	return object;
}

function rendered(context: ApiContext, request: KindRequest, status: number, object: StoredObject): Answer {
	return {status, body: context.rendering.single(request.kind, entryOf(object), {form: {as: 'object'}, now: request.now})};
}

/** POST to a collection. Throws 400, 404 for a namespace that does not exist, 409, 422. */
export function createObject(context: ApiContext, request: KindRequest): Answer {
	const {cluster} = context;
	const {kind, info} = request;
	if (kind.namespaced && info.namespace === '') throw methodNotAllowed();
	const object = objectIn(kind, parsedBody(request));
	if ((object.metadata.name ?? '') === '' && object.metadata.generateName === undefined) {
		throw invalid(kind, '', {reason: 'FieldValueRequired', message: 'Required value: name or generateName is required', field: 'metadata.name'});
	}
	if (kind.namespaced && cluster.get('namespaces', undefined, info.namespace) === undefined)
		throw notFound(cluster.kinds.byPlural('namespaces'), info.namespace);
	const {uid: _uid, creationTimestamp: _created, resourceVersion: _version, ...metadata} = object.metadata;
	const placed: NewObject = {...defaulted(kind, object), metadata: {...metadata, ...(kind.namespaced ? {namespace: info.namespace} : {})}};
	if (isDryRun(request)) return {status: 201, body: JSON.stringify(placed)};
	return rendered(context, request, 201, cluster.create(placed));
}

/** What the server fills in where the control plane relies on it. */
function defaulted(kind: DemoKind, object: NewObject): NewObject {
	switch (kind.plural) {
		case 'namespaces':
			return {...object, spec: {finalizers: ['kubernetes']}, status: {phase: 'Active'}};
		case 'pods':
			return {
				...object,
				spec: {restartPolicy: 'Always', schedulerName: 'default-scheduler', ...recordAt(object, 'spec')},
				status: {phase: 'Pending', qosClass: 'BestEffort'},
			};
		case 'services':
			return {...object, spec: {type: 'ClusterIP', ...recordAt(object, 'spec')}};
		default:
			return object;
	}
}

/** Only what a sub-resource is about changes; the main resource leaves the status alone. */
function narrowed(request: KindRequest, current: StoredObject, wanted: StoredObject): StoredObject {
	const hasStatus = request.kind.subresources?.some(({name}) => name === 'status') === true;
	switch (request.info.subresource) {
		case 'status':
			return {...current, status: wanted['status']};
		case '':
		case 'ephemeralcontainers':
			return hasStatus ? {...wanted, status: current['status']} : wanted;
		default:
			throw noSuchResource();
	}
}

/** What the server owns of an object's metadata, whatever a writer says. */
function ownedBy(current: StoredObject): StoredMeta {
	const {name, namespace, uid, creationTimestamp, resourceVersion, generation, managedFields, deletionTimestamp} = current.metadata;
	return {
		name,
		uid,
		creationTimestamp,
		resourceVersion,
		...(namespace === undefined ? {} : {namespace}),
		...(generation === undefined ? {} : {generation}),
		...(deletionTimestamp === undefined ? {} : {deletionTimestamp}),
		...(managedFields === undefined ? {} : {managedFields}),
	};
}

function stored(context: ApiContext, request: KindRequest, current: StoredObject, wanted: NewObject): Answer {
	const expected = wanted.metadata.resourceVersion;
	if (expected !== undefined && expected !== '' && expected !== current.metadata.resourceVersion) throw modifiedMeanwhile(request.kind, current.metadata.name);
	const next = narrowed(request, current, {...wanted, metadata: {...wanted.metadata, ...ownedBy(current)}});
	// A write that changes nothing is not stored: the resourceVersion stays.
	if (isEqual(next, current) || isDryRun(request)) return rendered(context, request, 200, next);
	return rendered(context, request, 200, context.cluster.replace(next));
}

/** PUT of one object: what it leaves out is taken away. Throws 404, 409 when its resourceVersion is not the current one. */
export function updateObject(context: ApiContext, request: KindRequest): Answer {
	const object = objectIn(request.kind, parsedBody(request));
	return stored(context, request, currentOf(context, request), object);
}

/** PATCH by the content type's rules; apply is not served (415). */
export function patchObject(context: ApiContext, request: KindRequest): Answer {
	const current = currentOf(context, request);
	const type = (request.headers['content-type'] ?? '').split(';')[0];
	const patch = parsedBody(request);
	const patched = (): Json => {
		switch (type) {
			case 'application/merge-patch+json':
				return mergePatch(current, patch);
			case 'application/strategic-merge-patch+json':
				return strategicMerge(current, patch);
			case 'application/json-patch+json':
				return jsonPatch(current, patch);
			default: {
				const message = `the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json`;
				throw new StatusError({code: 415, reason: 'UnsupportedMediaType', message});
			}
		}
	};
	return stored(context, request, current, objectIn(request.kind, patched()));
}

function graceOf(request: KindRequest, body: Json): number | undefined {
	const query = request.url.searchParams.get('gracePeriodSeconds');
	if (query !== null) return Number(query);
	const own = recordAt(body)['gracePeriodSeconds'];
	return typeof own === 'number' ? own : undefined;
}

/** DELETE of one object: the object while it is still ending, else a Status. Throws 404, 409 for a uid that is another's. */
export function deleteObject(context: ApiContext, request: KindRequest): Answer {
	const {cluster} = context;
	const body = parsedBody(request);
	const current = currentOf(context, request);
	const uid = recordAt(body, 'preconditions')['uid'];
	if (typeof uid === 'string' && uid !== current.metadata.uid) throw modifiedMeanwhile(request.kind, current.metadata.name);
	if (isDryRun(request)) return rendered(context, request, 200, current);
	const {kind} = cluster.store(request.kind);
	const plural = kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`;
	const last = cluster.delete(plural, kind.namespaced ? request.info.namespace : undefined, current.metadata.name, graceOf(request, body));
	if (cluster.store(kind).get(last.metadata.namespace, last.metadata.name) !== undefined) return rendered(context, request, 200, last);
	const details = {name: last.metadata.name, ...(kind.group === '' ? {} : {group: kind.group}), kind: kind.plural, uid: last.metadata.uid};
	return {status: 200, body: JSON.stringify({kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details})};
}

/** DELETE of a collection, by selectors. */
export function deleteCollection(context: ApiContext, request: KindRequest): Answer {
	const {cluster} = context;
	const {matches} = parseListOptions(request.kind, request.url.searchParams);
	const {kind} = cluster.store(request.kind);
	const plural = kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`;
	for (const object of cluster.list(plural, request.info.namespace === '' ? undefined : request.info.namespace)) {
		if (matches === undefined || matches(object)) cluster.delete(plural, object.metadata.namespace, object.metadata.name);
	}
	return {status: 200, body: JSON.stringify({kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success'})};
}
