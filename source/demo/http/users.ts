import type {IncomingHttpHeaders} from 'node:http';
import type {DemoCluster} from '../cluster.ts';
import {type DemoUser, forbiddenMessage, isAllowed} from '../rbac.ts';
import {StatusError, unauthorized} from '../status-error.ts';

/** Whom a request without credentials comes from: no client sends any over plain HTTP. */
export const demoUser: DemoUser = {username: 'demo', groups: ['system:masters']};

function headerTexts(headers: IncomingHttpHeaders, name: string): readonly string[] {
	const value = headers[name];
	return value === undefined ? [] : typeof value === 'string' ? value.split(',').map(part => part.trim()) : value;
}

/** Who asks: by bearer token or as `demo`, then impersonated where that is asked for and allowed. Throws 401, 403. */
export function authenticate(cluster: DemoCluster, tokens: ReadonlyMap<string, DemoUser>, headers: IncomingHttpHeaders): DemoUser {
	const token = /^Bearer (.*)$/u.exec(headers.authorization ?? '')?.[1];
	const user = headers.authorization === undefined ? demoUser : tokens.get(token ?? '');
	if (user === undefined) throw unauthorized();
	const [impersonated] = headerTexts(headers, 'impersonate-user');
	if (impersonated === undefined) return user;
	const wanted = {verb: 'impersonate', group: '', resource: 'users', subresource: '', namespace: '', name: impersonated};
	if (!isAllowed(cluster, user, wanted)) {
		const message = `users "${impersonated}" is forbidden: ${forbiddenMessage(user, wanted)}`;
		throw new StatusError({code: 403, reason: 'Forbidden', message, details: {name: impersonated, kind: 'users'}});
	}
	const [uid] = headerTexts(headers, 'impersonate-uid');
	return {username: impersonated, groups: headerTexts(headers, 'impersonate-group'), ...(uid === undefined ? {} : {uid})};
}
