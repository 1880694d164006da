import type {AccessAnswer, AccessQuestion, Identity} from '../core/cluster-client.ts';
import type {Clock} from '../core/clock.ts';
import {problemOf} from '../core/problem.ts';
import {jsonOf} from './json-answer.ts';
import {type RbacRule, ruleGrants} from './rbac-rule.ts';
import {createSingleFlight, type SingleFlight} from './single-flight.ts';
import type {Transport} from './transport.ts';
import {whoCan} from './who-can.ts';

const cacheMs = 300_000;
const json = 'application/json';

/** What a SelfSubjectRulesReview says of one namespace. */
export type AccessRules = Readonly<{
	rules: readonly RbacRule[];
	/** An authorizer could not list its rules: what is missing here may be allowed all the same. */
	incomplete: boolean;
	/** Granted by these rules; `unknown` where they do not say so. Never a refusal: only `can` knows that. */
	grants(question: AccessQuestion): true | 'unknown';
}>;

export type Access = Readonly<{
	/** Exact, also for webhook authorizers; answers are kept for 5 minutes. Never rejects: a failed question is `unknown`. */
	can(question: AccessQuestion, signal: AbortSignal): Promise<AccessAnswer>;
	/** undefined where the server has no SelfSubjectReview. Rejects with a ProblemError. */
	whoami(signal: AbortSignal): Promise<Identity | undefined>;
	whoCan(question: AccessQuestion, signal: AbortSignal): Promise<readonly string[]>;
	accessRules(namespace: string, signal: AbortSignal): Promise<AccessRules>;
	/** Asks again from now on: after a 403, or when rights were changed. */
	forget(): void;
}>;

type Kept = {answer?: AccessAnswer; askedAt: number; join: SingleFlight<AccessAnswer>};

/** Questions about what this identity may do; every one of them is a read. */
export function createAccess({transport, clock}: Readonly<{transport: Transport; clock: Clock}>): Access {
	const kept = new Map<string, Kept>();
	const keep = (key: string, question: AccessQuestion): Kept => {
		const entry: Kept = {
			askedAt: 0,
			join: createSingleFlight(async signal => {
				const answer = await askAccess(transport, question, signal);
				entry.answer = answer;
				entry.askedAt = clock.now();
				return answer;
			}),
		};
		kept.set(key, entry);
		return entry;
	};
	return {
		async can(question, signal) {
			const key = JSON.stringify([question.verb, question.group, question.resource, question.subresource, question.namespace, question.name]);
			const entry = kept.get(key) ?? keep(key, question);
			if (entry.answer !== undefined && clock.now() - entry.askedAt < cacheMs) return entry.answer;
			try {
				return await entry.join(signal);
			} catch (error) {
				return {allowed: 'unknown', problem: problemOf(error, 'Could not ask what you may do')};
			}
		},
		whoami: signal => whoami(transport, signal),
		whoCan: (question, signal) => whoCan(transport, question, signal),
		accessRules: (namespace, signal) => accessRules(transport, namespace, signal),
		forget: () => kept.clear(),
	};
}

async function askAccess(transport: Transport, question: AccessQuestion, signal: AbortSignal): Promise<AccessAnswer> {
	const what = `Could not ask whether you may ${question.verb} ${question.resource}`;
	const body = {apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: {resourceAttributes: question}};
	const answer = await transport.request({method: 'POST', path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', body, accept: json, what}, signal);
	// `as`: the answer to a review is that review with a status, or the request has failed.
	const {status} = jsonOf(answer, what) as Readonly<{status?: Readonly<{allowed?: boolean; reason?: string}>}>;
	return {allowed: status?.allowed === true, ...(status?.reason ? {reason: status.reason} : {})};
}

async function whoami(transport: Transport, signal: AbortSignal): Promise<Identity | undefined> {
	const what = 'Could not ask who you are';
	const body = {apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview'};
	const answer = await transport.request(
		{method: 'POST', path: '/apis/authentication.k8s.io/v1/selfsubjectreviews', body, accept: json, what, allowStatus: [404]},
		signal,
	);
	if (answer.status === 404) return undefined;
	// `as`: as above.
	const {status} = jsonOf(answer, what) as Readonly<{status?: Readonly<{userInfo?: Partial<Identity>}>}>;
	const {username = '', groups = [], uid, extra} = status?.userInfo ?? {};
	return {username, groups, ...(uid === undefined ? {} : {uid}), ...(extra === undefined ? {} : {extra})};
}

async function accessRules(transport: Transport, namespace: string, signal: AbortSignal): Promise<AccessRules> {
	const what = `Could not ask for your rights in ${namespace}`;
	const body = {apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: {namespace}};
	const answer = await transport.request({method: 'POST', path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', body, accept: json, what}, signal);
	// `as`: as above.
	const {status} = jsonOf(answer, what) as Readonly<{status?: Readonly<{resourceRules?: readonly RbacRule[]; incomplete?: boolean}>}>;
	const rules = status?.resourceRules ?? [];
	return {rules, incomplete: status?.incomplete === true, grants: question => (rules.some(rule => ruleGrants(rule, question)) ? true : 'unknown')};
}
