import {policyLabels, type PolicyLevel} from '../core/policy-level.ts';
import {parseApiPath, type ApiPath, type Query} from './api-path.ts';

/** What the probe engine vouches for: the command that it made, the pods that it created. Without it no request passes as a probe. */
export type ProbeVoucher = Readonly<{argv?: readonly string[]; createdUids?: ReadonlySet<string>}>;

export type PolicyRequest = Readonly<{
	method: string;
	/** Without the query, as it will be sent. */
	path: string;
	query?: Query;
	body?: unknown;
	/** A protocol upgrade is asked for: exec, attach, port-forward. */
	upgrade?: boolean;
	probe?: ProbeVoucher;
	/** The proxied path that the user has confirmed, word for word. */
	confirmedPath?: string;
}>;

export type Verdict = Readonly<{allowed: true} | {allowed: false; reason: string}>;

const allowed: Verdict = {allowed: true};
const reviews: ReadonlySet<string> = new Set([
	'/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
	'/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
	'/apis/authentication.k8s.io/v1/selfsubjectreviews',
]);
const serverPaths = /^\/(?:(?:healthz|livez|readyz|metrics|openapi)(?:\/.+)?|version)$/;
const discoveryPaths = /^\/(?:api|apis)(?:\/[^/]+)?$|^\/apis\/[^/]+\/[^/]+$/;
/** RFC 1035 label: what the plural of a kind can be. */
const resourceName = /^[a-z][a-z0-9-]*$/;
const readSubresources: ReadonlySet<string> = new Set(['log', 'status', 'scale']);
const upgradeSubresources: ReadonlySet<string> = new Set(['exec', 'attach', 'portforward']);
/** The kubelet's own end-points that only read; `/run`, `/exec`, `/attach`, `/portForward` beside them do not. */
const kubeletPaths = /^(?:stats\/summary|metrics(?:\/resource|\/cadvisor)?|healthz|configz|logs\/.*)$/;
const workloadPaths: ReadonlySet<string> = new Set(['metrics', 'api/v1/query', 'api/v1/query_range', '-/healthy', '-/ready']);
/** Of a pod that was made for debugging; `probe` may create no other. */
export const debugLabel = 'k8tui.io/debug';

/**
 * Whether a request may leave the program at this level: the one rule of kube-api.md 10.3. Whatever is not known to be harmless is refused,
 * also at `write` what a server could read in two ways (`..`, `//`, `%2f`).
 */
export function decide(level: PolicyLevel, request: PolicyRequest): Verdict {
	const {method, path} = request;
	if (!isPlainPath(path)) return refuse(level, request, 'its path can be read in more than one way');
	const parts = parseApiPath(path);
	if (parts?.resource === 'proxy' || (parts?.resource === 'watch' && parts.name === 'proxy')) return refuse(level, request, 'the old proxy paths are not used');
	if (parts?.proxied !== undefined) return decideProxied(level, request, parts);
	if (isRead(request, parts)) return allowed;
	if (level === 'read') return refuse(level, request, 'only reading is allowed');
	if (request.upgrade === true || isUpgradePath(parts)) return decideUpgrade(level, request, parts);
	if (level === 'probe') return isProbe(request, parts) ? allowed : refuse(level, request, 'it is none of the requests that probes are made of');
	return ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method) ? allowed : refuse(level, request, `${method} is no method of this API`);
}

function refuse(level: PolicyLevel, {method, path}: PolicyRequest, reason: string): Verdict {
	return {allowed: false, reason: `${method} ${path} is not sent in ${policyLabels[level]}: ${reason}`};
}

/** Visible ASCII, no empty and no dot segments, nothing encoded that a server could take for a separator. */
function isPlainPath(path: string): boolean {
	if (!/^\/[\x21-\x7e]*$/.test(path) || /[?#\\]/.test(path)) return false;
	if (/%(?![0-9a-f]{2})/i.test(path) || /%(?:2[ef35]|3f|5c|[01][0-9a-f]|7f|[89a-f][0-9a-f])/i.test(path)) return false;
	const segments = path.split('/').slice(1);
	return segments.every((segment, index) => segment !== '.' && segment !== '..' && (segment !== '' || isFolderEnd(segments, index)));
}

/** The kubelet lists its log folder at `.../proxy/logs/`: the one path with a slash at its end. */
function isFolderEnd(segments: readonly string[], index: number): boolean {
	return index === segments.length - 1 && segments[1] === 'v1' && segments[2] === 'nodes' && segments[4] === 'proxy' && segments[5] === 'logs';
}

function isRead({method, path, query, body, upgrade}: PolicyRequest, parts: ApiPath | undefined): boolean {
	if (upgrade === true) return false;
	if (method === 'POST') return reviews.has(path) && (query === undefined || Object.keys(query).length === 0);
	if ((method !== 'GET' && method !== 'HEAD') || body !== undefined) return false;
	if (parts === undefined) return serverPaths.test(path) || discoveryPaths.test(path);
	if (parts.group === '' && parts.version !== 'v1') return false;
	return resourceName.test(parts.resource) && (parts.subresource === undefined || readSubresources.has(parts.subresource));
}

function isUpgradePath(parts: ApiPath | undefined): boolean {
	return parts?.subresource !== undefined && upgradeSubresources.has(parts.subresource);
}

/** A proxied GET can act like a write (any service may, the kubelet does): known paths only, others confirmed one by one at `write`. */
function decideProxied(level: PolicyLevel, request: PolicyRequest, parts: ApiPath): Verdict {
	const {proxied = '', resource, namespace} = parts;
	const isCore = parts.group === '' && parts.version === 'v1';
	const isPlain = request.method === 'GET' && request.upgrade !== true && request.body === undefined;
	if (isCore && isPlain) {
		if (resource === 'nodes' && namespace === undefined && kubeletPaths.test(proxied)) return allowed;
		const isWorkload = (resource === 'services' || resource === 'pods') && namespace !== undefined;
		if (isWorkload && workloadPaths.has(proxied)) return allowed;
		if (level !== 'read' && resource === 'services' && namespace !== undefined && proxied === 'probe') return allowed;
	}
	if (level === 'write' && request.upgrade !== true && request.confirmedPath === request.path) return allowed;
	return refuse(level, request, 'what is behind a proxied path can act on any request');
}

function decideUpgrade(level: PolicyLevel, request: PolicyRequest, parts: ApiPath | undefined): Verdict {
	const isOfPod = parts?.group === '' && parts.resource === 'pods' && parts.namespace !== undefined && isUpgradePath(parts);
	if (!isOfPod || (request.method !== 'GET' && request.method !== 'POST')) return refuse(level, request, 'only pods have a connection of this sort');
	if (level === 'write') return allowed;
	const {probe} = request;
	if (parts.subresource === 'attach' && probe !== undefined) return allowed;
	const command = request.query?.['command'];
	const argv = typeof command === 'object' ? command : [String(command)];
	const isMade = probe?.argv !== undefined && argv.length === probe.argv.length && argv.every((word, index) => word === probe.argv?.[index]);
	if (parts.subresource === 'exec' && isMade) return allowed;
	return refuse(level, request, 'the probes did not make this command');
}

function isProbe({method, query, body, probe}: PolicyRequest, parts: ApiPath | undefined): boolean {
	if (parts === undefined || parts.group !== '' || parts.resource !== 'pods' || parts.namespace === undefined) return false;
	if (method === 'PATCH') return parts.subresource === 'ephemeralcontainers';
	if (method === 'POST') return parts.name === undefined && hasDebugLabel(body);
	if (method !== 'DELETE' || parts.name === undefined || parts.subresource !== undefined || query !== undefined) return false;
	const uid = textAt(body, ['preconditions', 'uid']);
	return uid !== undefined && probe?.createdUids?.has(uid) === true;
}

function hasDebugLabel(body: unknown): boolean {
	return textAt(body, ['metadata', 'labels', debugLabel]) !== undefined;
}

function textAt(value: unknown, path: readonly string[]): string | undefined {
	let at = value;
	for (const key of path) at = typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined;
	return typeof at === 'string' ? at : undefined;
}
