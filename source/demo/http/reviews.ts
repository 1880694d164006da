import {isRecord, type Json, type JsonObject, parseJson, recordAt, textAt} from '../json.ts';
import {type Attributes, isAllowed, rulesOf} from '../rbac.ts';
import {badRequest, noSuchResource} from '../status-error.ts';
import {timestamp} from '../stored-object.ts';
import type {Answer, ApiContext, KindRequest} from './api-context.ts';

function specOf(request: KindRequest): JsonObject {
	const body: Json = request.body === '' ? {} : parseJson(request.body);
	return recordAt(body, 'spec');
}

function attributesOf(spec: JsonObject): Attributes {
	const path = spec['nonResourceAttributes'];
	if (isRecord(path)) return {verb: textAt(path, 'verb'), path: textAt(path, 'path')};
	const resource = spec['resourceAttributes'];
	if (!isRecord(resource)) throw badRequest('exactly one of nonResourceAttributes or resourceAttributes must be specified');
	return {
		verb: textAt(resource, 'verb'),
		group: textAt(resource, 'group'),
		resource: textAt(resource, 'resource'),
		subresource: textAt(resource, 'subresource'),
		namespace: textAt(resource, 'namespace'),
		name: textAt(resource, 'name'),
	};
}

function accessStatus(context: ApiContext, request: KindRequest): JsonObject {
	return {allowed: isAllowed(context.cluster, request.user, attributesOf(specOf(request)))};
}

function rulesStatus(context: ApiContext, request: KindRequest): JsonObject {
	const namespace = textAt(specOf(request), 'namespace');
	if (namespace === '') throw badRequest('no namespace on request');
	const rules = rulesOf(context.cluster, request.user, namespace);
	return {
		resourceRules: rules.filter(rule => rule['resources'] !== undefined),
		nonResourceRules: rules.filter(rule => rule['nonResourceURLs'] !== undefined),
		incomplete: context.cluster.settings.incompleteRules,
	};
}

/** Answers the questions a user may ask about himself; nothing is stored. Throws 400, 404. */
export function answerReview(context: ApiContext, request: KindRequest): Answer {
	const {kind, user} = request;
	const apiVersion = `${kind.group}/${kind.version}`;
	const review = (metadata: JsonObject, status: JsonObject): Answer => ({
		status: 201,
		body: JSON.stringify({kind: kind.kind, apiVersion, metadata, spec: kind.plural === 'selfsubjectrulesreviews' ? {} : specOf(request), status}),
	});
	switch (kind.plural) {
		case 'selfsubjectaccessreviews':
			return review({}, accessStatus(context, request));
		case 'selfsubjectrulesreviews':
			return review({}, rulesStatus(context, request));
		case 'selfsubjectreviews': {
			const userInfo = {
				username: user.username,
				...(user.uid === undefined ? {} : {uid: user.uid}),
				groups: [...new Set([...user.groups, 'system:authenticated'])],
			};
			const metadata = {creationTimestamp: timestamp(request.now)};
			return {status: 201, body: JSON.stringify({kind: kind.kind, apiVersion, metadata, status: {userInfo}})};
		}
		default:
			throw noSuchResource();
	}
}
