import {isRecord, type Json, type JsonObject, numberAt, parseJson, recordAt, textAt, textsAt} from '../json.ts';
import {mergePatch} from '../merge-patch.ts';
import {badRequest, invalid, methodNotAllowed, modifiedMeanwhile, notFound, qualified} from '../status-error.ts';
import type {StoredObject} from '../stored-object.ts';
import type {Answer, ApiContext, KindRequest} from './api-context.ts';

/** A workload as its sub-resource `scale` shows it: only the number of its pods. */
function scaleOf(object: StoredObject): JsonObject {
	const {name, namespace, uid, resourceVersion, creationTimestamp} = object.metadata;
	const selector = Object.entries(textsAt(object, 'spec', 'selector', 'matchLabels'))
		.map(([key, value]) => `${key}=${value}`)
		.join(',');
	const wanted = recordAt(object, 'spec')['replicas'];
	return {
		kind: 'Scale',
		apiVersion: 'autoscaling/v1',
		metadata: {name, namespace: namespace ?? '', uid, resourceVersion, creationTimestamp},
		spec: {replicas: typeof wanted === 'number' ? wanted : 1},
		status: {replicas: numberAt(object, 'status', 'replicas'), selector},
	};
}

function wantedScale(request: KindRequest, current: JsonObject): Json {
	const body = parseJson(request.body === '' ? '{}' : request.body);
	const type = (request.headers['content-type'] ?? '').split(';')[0];
	if (request.info.verb === 'update') return body;
	if (request.info.verb !== 'patch') throw methodNotAllowed();
	if (type === 'application/merge-patch+json' || type === 'application/strategic-merge-patch+json') return mergePatch(current, body);
	throw badRequest(`a scale is not patched by ${type ?? 'nothing'} here`);
}

/** GET, PUT and PATCH of `.../scale`. Throws 404, 409 for another resourceVersion, 422 for a number that is none. */
export function answerScale(context: ApiContext, request: KindRequest): Answer {
	const {kind, info, url} = request;
	const object = context.cluster.store(kind).get(info.namespace, info.name);
	if (object === undefined) throw notFound(kind, info.name);
	const current = scaleOf(object);
	if (info.verb === 'get') return {status: 200, body: JSON.stringify(current)};
	const wanted = wantedScale(request, current);
	const version = textAt(wanted, 'metadata', 'resourceVersion');
	if (version !== '' && version !== object.metadata.resourceVersion) throw modifiedMeanwhile(kind, info.name);
	const replicas = isRecord(wanted) ? numberAt(wanted, 'spec', 'replicas') : 0;
	if (replicas < 0 || !Number.isInteger(replicas)) {
		const cause = {reason: 'FieldValueInvalid', message: `Invalid value: ${replicas}: must be greater than or equal to 0`, field: 'spec.replicas'};
		throw invalid({group: 'autoscaling', kind: 'Scale'}, info.name, cause);
	}
	if (url.searchParams.getAll('dryRun').includes('All')) return {status: 200, body: JSON.stringify({...current, spec: {replicas}})};
	const stored = context.cluster.patch(qualified(kind), info.namespace, info.name, {spec: {replicas}});
	return {status: 200, body: JSON.stringify(scaleOf(stored))};
}
