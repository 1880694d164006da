import assert from 'node:assert/strict';
import {test} from 'node:test';
import {policyLevels} from '../../source/core/policy-level.ts';
import {decide, type PolicyRequest} from '../../source/kube/policy.ts';
import {fuzzPlan, type Random, seededRandom} from '../tools/random.ts';

const review = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** The oracle: another writing of kube-api.md 10.3, as whole-path patterns without any parsing. Segments may hold no encoded separators. */
const name = '[A-Za-z0-9:*._~@+-]+';
const resource = `(?!proxy$|proxy/|watch/proxy)[a-z][a-z0-9-]*`;
const base = `/(?:api/v1|apis/${name}/${name})`;
const readable: readonly RegExp[] = [
	new RegExp(`^${base}/${resource}(?:/${name}(?:/(?:log|status|scale))?)?$`),
	// `status` and `finalize` after a namespace are its own subresources (requestinfo.go), not kinds inside it.
	new RegExp(`^${base}/namespaces/${name}/(?!(?:status|finalize)(?:/|$))${resource}(?:/${name}(?:/(?:log|status|scale))?)?$`),
	new RegExp(`^/api(?:/${name})?$|^/apis(?:/${name}){0,2}$`),
	new RegExp(`^/(?:healthz|livez|readyz|metrics|openapi)(?:/${name})*$|^/version$`),
	new RegExp(`^/api/v1/nodes/${name}/proxy/(?:stats/summary|metrics|metrics/resource|metrics/cadvisor|healthz|configz|logs/(?:${name}(?:/${name})*/?)?)$`),
	new RegExp(`^/api/v1/namespaces/${name}/(?:services|pods)/${name}/proxy/(?:metrics|api/v1/query|api/v1/query_range|-/healthy|-/ready)$`),
];
const reviews = [review, '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', '/apis/authentication.k8s.io/v1/selfsubjectreviews'];

function oracleReads({method, path, query, body, upgrade}: PolicyRequest): boolean {
	if (upgrade === true) return false;
	if (method === 'POST') return reviews.includes(path) && Object.keys(query ?? {}).length === 0;
	if ((method !== 'GET' && method !== 'HEAD') || body !== undefined) return false;
	if (/(?:^|\/)\.{1,2}(?:\/|$)/.test(path)) return false;
	// A folder's final slash is the kubelet's log listing alone; proxied paths are not asked for with HEAD.
	if (path.endsWith('/') && !/^\/api\/v1\/nodes\/[^/]+\/proxy\/logs\/$/.test(path) && !/^\/api\/v1\/nodes\/[^/]+\/proxy\/logs\/.+\/$/.test(path)) return false;
	const isProxied = /\/proxy\//.test(path);
	if (isProxied && method === 'HEAD')
		return !/^\/api\/v1\/(?:nodes\/[^/]+|namespaces\/[^/]+\/(?:services|pods)\/[^/]+)\/proxy\//.test(path) && readable.some(pattern => pattern.test(path));
	return readable.some(pattern => pattern.test(path));
}

const words = [
	'api',
	'apis',
	'v1',
	'apps',
	'namespaces',
	'shop',
	'pods',
	'services',
	'nodes',
	'n1',
	'web-1',
	'proxy',
	'log',
	'logs',
	'exec',
	'attach',
	'portforward',
	'status',
	'scale',
	'eviction',
	'ephemeralcontainers',
	'metrics',
	'stats',
	'summary',
	'run',
	'query',
	'-',
	'healthy',
	'healthz',
	'version',
	'readyz',
	'openapi',
	'watch',
	'secrets',
	'..',
	'.',
	'',
	'%2e%2e',
	'%2f',
	'%2F',
	'%5c',
	'%00',
	'a%',
	'x%41',
	'ü',
	'probe',
	'selfsubjectaccessreviews',
	'authorization.k8s.io',
	'debug',
	'token',
] as const;
const starts = [
	'',
	'/api/v1/pods',
	'/api/v1/namespaces/shop/pods/web-1',
	'/api/v1/nodes/n1/proxy',
	'/api/v1/namespaces/shop/services/web:80/proxy',
	'/apis/apps/v1/namespaces/shop/deployments/web',
	'/api/v1',
	review,
] as const;

function randomRequest(random: Random): PolicyRequest {
	const tail = Array.from({length: random.below(5)}, () => random.pick(words));
	const path = random.pick(starts) + tail.map(word => `/${word}`).join('');
	return {
		method: random.pick(['GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'get', 'OPTIONS']),
		path: path === '' ? '/' : path,
		...(random.below(4) === 0 ? {query: {watch: 'true'}} : {}),
		...(random.below(4) === 0 ? {body: {metadata: {labels: {'k8tui.io/debug': 'x'}}}} : {}),
		...(random.below(6) === 0 ? {upgrade: true} : {}),
	};
}

test('at read nothing passes that the oracle does not know as a read, and every known read passes', () => {
	const {runs, seed} = fuzzPlan(10_000);
	const random = seededRandom(seed);
	let passed = 0;
	for (let run = 0; run < runs; run++) {
		const request = randomRequest(random);
		// The oracle has no decoding: what is encoded must never be let through by it, only plainly harmless escapes are let through by us.
		const {allowed} = decide('read', request);
		if (/%/.test(request.path)) {
			assert.ok(!allowed || /^[^%]*(?:%41[^%]*)+$/.test(request.path), `seed ${seed}, run ${run}: ${request.method} ${request.path}`);
			continue;
		}
		assert.equal(allowed, oracleReads(request), `seed ${seed}, run ${run}: ${JSON.stringify(request)}`);
		if (allowed) passed++;
	}
	assert.ok(passed > 300, `only ${passed} reads in the sample: it says nothing`);
});

test('no write passes at read, whatever its path', () => {
	const random = seededRandom(7);
	for (let run = 0; run < 10_000; run++) {
		const request = randomRequest(random);
		if (['GET', 'HEAD'].includes(request.method) || reviews.includes(request.path)) continue;
		assert.equal(decide('read', request).allowed, false, JSON.stringify(request));
	}
});

const level = (request: PolicyRequest) => policyLevels.filter(one => decide(one, request).allowed).join(' ');
const pods = '/api/v1/namespaces/shop/pods';
const argv = ['nslookup', 'kubernetes.default'];

for (const [allowedAt, request] of [
	['read probe write', {method: 'GET', path: '/api/v1/pods', query: {watch: 'true', limit: 500}}],
	['read probe write', {method: 'GET', path: '/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node'}],
	['read probe write', {method: 'GET', path: `${pods}/proxy`}],
	['read probe write', {method: 'GET', path: '/api/v1/nodes/n1/proxy/logs/', query: {query: 'kubelet'}}],
	['read probe write', {method: 'POST', path: review, body: {}}],
	['write', {method: 'POST', path: review, body: {}, query: {dryRun: 'All'}}],
	['read probe write', {method: 'GET', path: '/api/v1/namespaces/kube-system/pods/coredns-5d7c6cdd6-tjz2f:9153/proxy/metrics'}],
	['', {method: 'GET', path: '/api/v1/namespaces/kube-system/pods/coredns-5d7c6cdd6-tjz2f:9153/proxy/metrics/../quit'}],
	['', {method: 'POST', path: '/api/v1/namespaces/kube-system/pods/coredns-5d7c6cdd6-tjz2f:9153/proxy/metrics'}],
	['', {method: 'GET', path: '/api/v1/nodes/n1/proxy/run/shop/web/sh'}],
	['', {method: 'GET', path: '/api/v1/nodes/n1/proxy/pr%6fxy/../run'}],
	['', {method: 'POST', path: '/api/v1/nodes/n1/proxy/metrics'}],
	['', {method: 'GET', path: '/api/v1/proxy/nodes/n1/run'}],
	['write', {method: 'GET', path: '/api/v1/namespaces/shop/services/web/proxy/admin', confirmedPath: '/api/v1/namespaces/shop/services/web/proxy/admin'}],
	['', {method: 'GET', path: '/api/v1/namespaces/shop/services/web/proxy/admin', confirmedPath: '/other'}],
	['probe write', {method: 'GET', path: '/api/v1/namespaces/shop/services/web/proxy/probe', query: {target: 'x'}}],
	['write', {method: 'GET', path: `${pods}/web/exec`, query: {command: argv}, upgrade: true}],
	['probe write', {method: 'GET', path: `${pods}/web/exec`, query: {command: argv}, upgrade: true, probe: {argv}}],
	['write', {method: 'GET', path: `${pods}/web/exec`, query: {command: ['rm', '-rf', '/']}, upgrade: true, probe: {argv}}],
	['write', {method: 'GET', path: `${pods}/web/exec`}],
	['write', {method: 'GET', path: `${pods}/web/attach`, upgrade: true}],
	['probe write', {method: 'GET', path: `${pods}/web/attach`, upgrade: true, probe: {}}],
	['write', {method: 'GET', path: `${pods}/web/portforward`, upgrade: true}],
	['', {method: 'GET', path: '/apis/subresources.kubevirt.io/v1/namespaces/shop/virtualmachineinstances/vm/console', upgrade: true}],
	['probe write', {method: 'PATCH', path: `${pods}/web/ephemeralcontainers`, body: {}}],
	['write', {method: 'PATCH', path: `${pods}/web`, body: {}}],
	['probe write', {method: 'POST', path: pods, body: {metadata: {labels: {'k8tui.io/debug': 'dns'}}}}],
	['write', {method: 'POST', path: pods, body: {metadata: {labels: {app: 'web'}}}}],
	['probe write', {method: 'DELETE', path: `${pods}/probe-1`, body: {preconditions: {uid: 'u1'}}, probe: {createdUids: new Set(['u1'])}}],
	['write', {method: 'DELETE', path: `${pods}/probe-1`, body: {preconditions: {uid: 'u2'}}, probe: {createdUids: new Set(['u1'])}}],
	['write', {method: 'DELETE', path: `${pods}/web`}],
	['write', {method: 'DELETE', path: pods}],
	['write', {method: 'PUT', path: '/apis/apps/v1/namespaces/shop/deployments/web/scale', body: {}}],
	['', {method: 'CONNECT', path: `${pods}/web`}],
	['', {method: 'GET', path: '/api/v1//pods'}],
	['write', {method: 'GET', path: '/debug/pprof/heap'}],
] as const satisfies ReadonlyArray<readonly [string, PolicyRequest]>) {
	test(`${request.method} ${request.path} ${'query' in request ? JSON.stringify(request.query) : ''}${'probe' in request ? ' of a probe' : ''} passes at: ${allowedAt || 'no level'}`, () => {
		assert.equal(level(request), allowedAt);
	});
}

test('a refusal says what was asked, the level and why', () => {
	const verdict = decide('read', {method: 'DELETE', path: `${pods}/web`});
	assert.deepEqual(verdict, {allowed: false, reason: `DELETE ${pods}/web is not sent in READ-ONLY: only reading is allowed`});
});
