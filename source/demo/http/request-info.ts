/** What a path asks for, by the rules of apiserver endpoints/request/requestinfo.go. */
export type RequestInfo = Readonly<
	| {isResource: false; verb: string; path: string}
	| {
			isResource: true;
			verb: string;
			path: string;
			group: string;
			version: string;
			plural: string;
			namespace: string;
			name: string;
			subresource: string;
			/** What follows the sub-resource: the path that a proxy passes on. */
			rest: string;
	  }
>;

const verbs: Readonly<Record<string, string>> = {GET: 'get', HEAD: 'get', POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete'};

/** GET of a collection is list or watch, DELETE of one is deletecollection; watching one name is also a watch. */
function resourceVerb(method: string, name: string, query: URLSearchParams): string {
	const verb = verbs[method] ?? method.toLowerCase();
	const watch = query.get('watch');
	const fieldName = /(?:^|,)metadata\.name==?([^,]+)/u.exec(query.get('fieldSelector') ?? '')?.[1];
	if (verb === 'delete' && name === '') return 'deletecollection';
	if (verb !== 'get' || (name !== '' && fieldName === undefined && watch === null)) return verb;
	if (watch !== null && watch !== 'false' && watch !== '0') return 'watch';
	return name === '' ? 'list' : 'get';
}

function segmentsOf(path: string): readonly string[] {
	return path
		.split('/')
		.filter(segment => segment !== '')
		.map(segment => decodeURIComponent(segment));
}

/** Reads method, path and query of a request. Never throws for a path that names nothing. */
export function requestInfo(method: string, url: URL): RequestInfo {
	const path = url.pathname;
	const segments = segmentsOf(path);
	const isCore = segments[0] === 'api';
	const rest = segments.slice(isCore ? 2 : 3);
	if ((!isCore && segments[0] !== 'apis') || rest.length === 0) return {isResource: false, verb: verbs[method] ?? method.toLowerCase(), path};
	const group = isCore ? '' : (segments[1] ?? '');
	const version = (isCore ? segments[1] : segments[2]) ?? '';
	const base = {isResource: true as const, path, group, version};
	// A namespace is itself in the namespace of its name.
	const isNamespaced = rest[0] === 'namespaces' && rest.length > 1;
	if (isNamespaced && (rest.length === 2 || rest[2] === 'status' || rest[2] === 'finalize')) {
		const name = rest[1] ?? '';
		return {...base, verb: resourceVerb(method, name, url.searchParams), plural: 'namespaces', namespace: name, name, subresource: rest[2] ?? '', rest: ''};
	}
	const [plural = '', name = '', ...others] = isNamespaced ? rest.slice(2) : rest;
	const fieldName = name === '' ? (/(?:^|,)metadata\.name==?([^,]+)/u.exec(url.searchParams.get('fieldSelector') ?? '')?.[1] ?? '') : name;
	const verb = resourceVerb(method, name, url.searchParams);
	// A list or watch of one name is authorized with that name, so that resourceNames can allow it.
	const shown = verb === 'list' || verb === 'watch' || verb === 'deletecollection' ? fieldName : name;
	return {...base, verb, plural, namespace: isNamespaced ? (rest[1] ?? '') : '', name: shown, subresource: others[0] ?? '', rest: others.slice(1).join('/')};
}
