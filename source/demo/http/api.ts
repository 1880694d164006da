import {allVerbs} from '../kind.ts';
import {type DemoUser, forbiddenMessage, isAllowed} from '../rbac.ts';
import {badRequest, methodNotAllowed, noSuchResource, StatusError} from '../status-error.ts';
import type {Answer, ApiContext, ApiRequest, KindRequest} from './api-context.ts';
import {answerDiscovery, serviceUnavailable} from './discovery.ts';
import {aggregationOf} from '../aggregated-apis.ts';
import {evictPod} from './eviction.ts';
import {answerHealth} from './health.ts';
import {getObject, listObjects} from './lists.ts';
import {streamLog} from './logs.ts';
import {answerMetrics} from './metrics-api.ts';
import {answerProxy} from './proxies.ts';
import type {Reply} from './reply.ts';
import {type RequestInfo, requestInfo} from './request-info.ts';
import {answerReview} from './reviews.ts';
import {answerScale} from './scale.ts';
import {openExec, type Upgrade} from './upgrades.ts';
import {watchObjects} from './watches.ts';
import {createObject, deleteCollection, deleteObject, patchObject, updateObject} from './writes.ts';

const publicPaths = new Set(['/healthz', '/livez', '/readyz', '/version', '/version/']);

/** Throws 403 in the server's words when RBAC does not let the user do it. */
function authorize(context: ApiContext, user: DemoUser, info: RequestInfo): void {
	if (!info.isResource) {
		const wanted = {verb: info.verb, path: info.path};
		const isDiscovery = /^\/apis?(\/|$)/u.test(info.path);
		if (publicPaths.has(info.path) || isDiscovery || isAllowed(context.cluster, user, wanted)) return;
		throw new StatusError({code: 403, reason: 'Forbidden', message: `forbidden: ${forbiddenMessage(user, wanted)}`, details: {}});
	}
	const {verb, group, plural, subresource, namespace, name} = info;
	// Everybody may ask about himself (ClusterRole system:basic-user).
	if (verb === 'create' && plural.startsWith('selfsubject')) return;
	const wanted = {verb, group, resource: plural, subresource, namespace, name};
	if (isAllowed(context.cluster, user, wanted)) return;
	const resource = group === '' ? plural : `${plural}.${group}`;
	const shown = name === '' ? resource : `${resource} ${JSON.stringify(name)}`;
	const details = {...(name === '' ? {} : {name}), ...(group === '' ? {} : {group}), kind: plural};
	throw new StatusError({code: 403, reason: 'Forbidden', message: `${shown} is forbidden: ${forbiddenMessage(user, wanted)}`, details});
}

function kindRequest(context: ApiContext, request: ApiRequest, info: Extract<RequestInfo, {isResource: true}>): KindRequest {
	const {cluster} = context;
	const aggregation = aggregationOf(cluster, info.group);
	if (aggregation === 'stale') throw serviceUnavailable();
	if (aggregation === 'absent') throw noSuchResource();
	const kind = cluster.kinds.byPath(info.group, info.version, info.plural);
	if (kind === undefined || (info.namespace !== '' && !kind.namespaced && kind.plural !== 'namespaces')) throw noSuchResource();
	const isKnown = info.subresource === '' || kind.subresources?.some(({name}) => name === info.subresource) === true;
	if (!isKnown || (info.rest !== '' && info.subresource !== 'proxy')) throw noSuchResource();
	// A collection is not updated, and one object is not created under its name.
	const isNamed = info.name !== '';
	if ((isNamed && info.verb === 'create' && info.subresource === '') || (!isNamed && (info.verb === 'update' || info.verb === 'patch')))
		throw methodNotAllowed();
	if (info.subresource === '' && !(kind.verbs ?? allVerbs).includes(info.verb)) throw methodNotAllowed();
	// A namespace's own path says it twice.
	const namespace = kind.plural === 'namespaces' ? '' : info.namespace;
	return {...request, info: {...info, namespace}, kind};
}

/** Opens what is more than a request and an answer: exec. Throws the StatusError that refuses it. */
export function upgradeApi(context: ApiContext, request: ApiRequest, upgrade: Upgrade): void {
	const info = requestInfo(request.method, request.url);
	authorize(context, request.user, info);
	if (!info.isResource || info.plural !== 'pods' || info.group !== '' || !['attach', 'exec', 'portforward'].includes(info.subresource)) throw noSuchResource();
	openExec(context, kindRequest(context, request, info), upgrade);
}

function answerKind(context: ApiContext, request: KindRequest): Answer {
	if (request.kind.isComputed === true) return answerMetrics(context, request);
	if (request.info.subresource === 'proxy') return answerProxy(context, request);
	if (request.kind.verbs?.length === 1 && request.info.verb === 'create') return answerReview(context, request);
	if (['attach', 'exec', 'portforward'].includes(request.info.subresource)) throw badRequest('Upgrade request required');
	if (request.info.subresource === 'scale') return answerScale(context, request);
	if (request.info.subresource === 'eviction' && request.info.verb === 'create') return evictPod(context, request);
	switch (request.info.verb) {
		case 'list':
			return listObjects(context, request);
		case 'get':
			if (request.info.subresource !== '' && request.info.subresource !== 'status') throw noSuchResource();
			return getObject(context, request);
		case 'create':
			if (request.info.subresource !== '') throw noSuchResource();
			return createObject(context, request);
		case 'update':
			return updateObject(context, request);
		case 'patch':
			return patchObject(context, request);
		case 'delete':
			return deleteObject(context, request);
		case 'deletecollection':
			return deleteCollection(context, request);
		default:
			throw methodNotAllowed();
	}
}

/** Answers one request, or streams. Throws the StatusError to answer with. */
export function answerApi(context: ApiContext, request: ApiRequest, reply: Reply, headers: Readonly<Record<string, string>>): void {
	const info = requestInfo(request.method, request.url);
	authorize(context, request.user, info);
	if (info.isResource) {
		const own = kindRequest(context, request, info);
		if (info.verb === 'watch') watchObjects(context, own, reply, headers);
		else if (own.kind.plural === 'pods' && info.subresource === 'log' && info.verb === 'get') streamLog(context, own, reply, headers);
		else send(answerKind(context, own), reply, headers);
		return;
	}
	const answer = answerHealth(context.cluster, request) ?? answerDiscovery(context.cluster, request);
	send(answer ?? {status: 404, body: '404 page not found\n', headers: {'Content-Type': 'text/plain; charset=utf-8'}}, reply, headers);
}

function send(answer: Answer, reply: Reply, headers: Readonly<Record<string, string>>): void {
	reply.send(answer.status, {...headers, 'Content-Type': 'application/json', ...answer.headers}, answer.body);
}
