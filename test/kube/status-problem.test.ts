import assert from 'node:assert/strict';
import {test} from 'node:test';
import {statusProblem} from '../../source/kube/status-problem.ts';

const problemOf = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}, userName = 'eve') =>
	statusProblem({what: 'Could not list pods in shop', status, headers, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), userName});
const said = (message: string) => ({kind: 'Status', apiVersion: 'v1', status: 'Failure', message});

for (const [status, body, code, cause] of [
	[400, said('field label not supported: x'), 'invalid', 'field label not supported: x'],
	[401, said('Unauthorized'), 'unauthorized', 'the server did not accept the credentials of user eve (401)'],
	[404, said('the server could not find the requested resource'), 'not-found', 'the server could not find the requested resource'],
	[404, '404 page not found\n', 'not-found', '404 page not found'],
	[405, '', 'invalid', 'the server does not offer this for this kind (405)'],
	[406, said('only the following media types are accepted'), 'not-acceptable', 'the server cannot answer in the form that was asked for (406)'],
	[409, said('the object has been modified'), 'conflict', 'the object has been modified'],
	[410, said('too old resource version'), 'expired', 'too old resource version'],
	[422, said('Deployment is invalid'), 'invalid', 'Deployment is invalid'],
	[429, '', 'throttled', 'the server has too many requests and asks to wait (429)'],
	[500, said('etcdserver: request timed out'), 'server', 'the server answered 500: etcdserver: request timed out'],
	[
		502,
		'<html><body>Bad Gateway</body></html>',
		'server',
		'the server answered 502: an HTML page, so what answers is not an API server but something in front of it',
	],
	[503, '{"kind":"Status","mess', 'server', 'the server answered 503: {"kind":"Status","mess'],
	[504, '', 'server', 'the server answered 504'],
	[302, '', 'protocol', 'the server redirects to undefined, which is not followed: the credentials would go there too'],
	[418, '', 'protocol', 'the server answered 418'],
] as const) {
	test(`${status} ${JSON.stringify(body).slice(0, 40)} is ${code}`, () => {
		const problem = problemOf(status, body);
		assert.deepEqual([problem.what, problem.status, problem.code, problem.cause], ['Could not list pods in shop', status, code, cause]);
	});
}

test('a 403 says who may not do what, and what to ask for', () => {
	const problem = problemOf(403, said('pods is forbidden: User "eve" cannot list resource "pods" in API group "" in the namespace "shop"'));
	assert.deepEqual(
		[problem.code, problem.cause, problem.remedy],
		['forbidden', 'user eve may not list pods in shop', 'Ask for the verb list on pods in shop, or choose another context.'],
	);
	const whole = problemOf(
		403,
		said('x is forbidden: User "system:serviceaccount:a:b" cannot watch resource "deployments" in API group "apps" at the cluster scope'),
	);
	assert.equal(whole.cause, 'user system:serviceaccount:a:b may not watch deployments.apps in the whole cluster');
	assert.equal(problemOf(403, said('forbidden: User "eve" cannot get path "/metrics"')).cause, 'user eve may not get /metrics');
	assert.equal(problemOf(403, said('denied by the webhook')).cause, 'denied by the webhook');
	assert.equal(problemOf(403, '').cause, 'you may not do this (403)');
});

test('anonymous is called out: the credentials were not sent or not accepted', () => {
	const problem = problemOf(403, said('pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" at the cluster scope'));
	assert.match(problem.cause, /^your credentials were not sent or not accepted/);
});

test('a context without a user is not told to log in as nobody', () => {
	assert.equal(problemOf(401, '', {}, '').cause, 'the server wants credentials, and this context names no user');
});

test('what the server asks to wait comes from the header, else from the Status', () => {
	assert.equal(problemOf(429, '', {'retry-after': '7', 'x-kubernetes-pf-flowschema-uid': 'u-1'}).retryAfterMs, 7_000);
	assert.match(problemOf(429, '', {'x-kubernetes-pf-flowschema-uid': 'u-1'}).cause, /flow schema u-1/);
	assert.equal(problemOf(504, {...said('x'), details: {retryAfterSeconds: 3}}).retryAfterMs, 3_000);
	assert.equal(problemOf(503, '', {'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT'}).retryAfterMs, undefined);
});

test("the server's words are kept as they are but for control characters", () => {
	const problem = problemOf(404, said('no \x1b[31mred\x07 pod\nhere'));
	assert.equal(problem.serverMessage, 'no  [31mred  pod here');
});
