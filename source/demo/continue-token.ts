import {isRecord, type Json, parseJson} from './json.ts';
import {badRequest} from './status-error.ts';

/** Where a paged list goes on. `resourceVersion` -1: from whatever is there now, inconsistently. */
export type Continuation = Readonly<{resourceVersion: number; startKey: string}>;

const tokenVersion = 'meta.k8s.io/v1';

/** The opaque token, in the shape etcd3's continue tokens have. */
export function encodeContinue(continuation: Continuation): string {
	return Buffer.from(JSON.stringify({v: tokenVersion, rv: continuation.resourceVersion, start: `/${continuation.startKey}`})).toString('base64url');
}

/** The place a token names; throws a 400 StatusError for anything that is no token of this server. */
export function decodeContinue(token: string): Continuation {
	let parsed: Json;
	try {
		parsed = parseJson(Buffer.from(token, 'base64url').toString('utf8'));
	} catch (error) {
		throw badRequest(`invalid continue token: continue key is not valid: ${error instanceof Error ? error.message : String(error)}`);
	}
	if (!isRecord(parsed) || parsed['v'] !== tokenVersion || typeof parsed['rv'] !== 'number' || typeof parsed['start'] !== 'string') {
		throw badRequest('invalid continue token: continue key is not valid: server does not recognize this encoded version');
	}
	return {resourceVersion: parsed['rv'], startKey: parsed['start'].slice(1)};
}
