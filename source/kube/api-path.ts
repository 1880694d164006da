/** A resource path of the Kubernetes API taken apart; `name` is absent for a list. */
export type ApiPath = Readonly<{
	group: string;
	version: string;
	namespace?: string;
	resource: string;
	name?: string;
	subresource?: string;
	/** What follows `proxy/`, without the slash before it. */
	proxied?: string;
}>;

/**
 * Takes `/api/v1/namespaces/shop/pods/web/log` apart; undefined for anything that is no resource path (discovery, `/version`, `/readyz`).
 * Percent-encoded segments are decoded. Rules: kubernetes/apiserver `pkg/endpoints/request/requestinfo.go`, without the legacy `watch/` prefix.
 */
export function parseApiPath(path: string): ApiPath | undefined {
	const segments = path.split('/').slice(1).map(decodeSegment);
	const isCore = segments[0] === 'api';
	if (!isCore && segments[0] !== 'apis') return undefined;
	const [version, ...rest] = segments.slice(isCore ? 1 : 2);
	const group = isCore ? '' : segments[1];
	if (group === undefined || version === undefined || rest[0] === undefined || rest[0] === '') return undefined;
	const place = {group, version};
	// `namespaces/shop` is the object itself, `namespaces/shop/pods` is inside it; its own two subresources are the exception.
	const isInside = rest[0] === 'namespaces' && rest.length > 2 && rest[2] !== 'status' && rest[2] !== 'finalize';
	if (isInside) return {...place, ...(rest[1] === undefined ? {} : {namespace: rest[1]}), ...partsOf(rest.slice(2))};
	return {...place, ...partsOf(rest)};
}

function partsOf(segments: readonly string[]): Pick<ApiPath, 'resource' | 'name' | 'subresource' | 'proxied'> {
	const [resource = '', name, subresource, ...rest] = segments;
	return {
		resource,
		...(name === undefined ? {} : {name}),
		...(subresource === undefined ? {} : {subresource: subresource === 'proxy' ? subresource : [subresource, ...rest].join('/')}),
		...(subresource === 'proxy' ? {proxied: rest.join('/')} : {}),
	};
}

function decodeSegment(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}

/** Query values of a request; a list is sent as the same key several times, undefined is left out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** `path?key=value`, encoded; the path as it is where nothing is asked. */
export function pathWithQuery(path: string, query: Query | undefined): string {
	if (query === undefined) return path;
	const search = new URLSearchParams();
	for (const [key, value] of Object.entries(query)) {
		if (value === undefined) continue;
		for (const one of typeof value === 'object' ? value : [String(value)]) search.append(key, one);
	}
	const text = search.toString();
	return text === '' ? path : `${path}?${text}`;
}

const verbs: Readonly<Record<string, string>> = {POST: 'create', PUT: 'update', PATCH: 'change', DELETE: 'delete'};

/** What a failed request was for, as the first part of a Problem: `Could not list pods in shop`. */
export function describeRequest(method: string, path: string, query?: Query): string {
	const parts = parseApiPath(path);
	if (parts === undefined) {
		if (path === '/version') return 'Could not read the version of the server';
		return isDiscovery(path) ? 'Could not read the kinds of the cluster' : `Could not ask ${path}`;
	}
	if (parts.resource.endsWith('reviews') && method === 'POST') return `Could not ask for a ${parts.resource.slice(0, -1)}`;
	const place = parts.namespace === undefined ? '' : ` in ${parts.namespace}`;
	const kind = parts.subresource === undefined ? parts.resource : `${parts.subresource} of ${parts.resource}`;
	if (method === 'GET' || method === 'HEAD') {
		const isWatch = query?.['watch'] !== undefined;
		if (parts.name === undefined) return `Could not ${isWatch ? 'watch' : 'list'} ${parts.resource}${place}`;
		return `Could not read ${kind} ${parts.name}${place}`;
	}
	return `Could not ${verbs[method] ?? method} ${kind}${parts.name === undefined ? '' : ` ${parts.name}`}${place}`;
}

function isDiscovery(path: string): boolean {
	return /^\/apis?(?:\/|$)/.test(path);
}
