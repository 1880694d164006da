import type {Form} from '../rendering.ts';
import {badRequest, StatusError} from '../status-error.ts';

type MediaType = Readonly<{type: string; parameters: ReadonlyMap<string, string>}>;

function parse(accept: string): readonly MediaType[] {
	return accept.split(',').map(range => {
		const [type = '', ...parameters] = range.split(';').map(part => part.trim());
		return {
			type: type.toLowerCase(),
			parameters: new Map(parameters.map(parameter => [parameter.split('=')[0] ?? '', parameter.split('=')[1] ?? ''] as const)),
		};
	});
}

function isJson(type: string): boolean {
	return type === 'application/json' || type === '*/*' || type === 'application/*';
}

function includeOf(query: URLSearchParams): 'None' | 'Metadata' | 'Object' {
	const include = query.get('includeObject') ?? '';
	switch (include) {
		case '':
		case 'Metadata':
			return 'Metadata';
		case 'None':
		case 'Object':
			return include;
		default: {
			const rule = `includeObject: Invalid value: ${JSON.stringify(include)}: must be 'Metadata', 'Object', 'None', or empty`;
			throw badRequest(`Unable to convert to Table as requested: ${rule}`);
		}
	}
}

function formOf({type, parameters}: MediaType, query: URLSearchParams, hasTables: boolean): Form | undefined {
	if (!isJson(type)) return undefined;
	const as = parameters.get('as');
	const version = parameters.get('v');
	if (as === undefined) return {as: 'object'};
	if (parameters.get('g') !== 'meta.k8s.io' || (version !== 'v1' && version !== 'v1beta1')) return undefined;
	if (as === 'Table') return hasTables ? {as: 'table', version, include: includeOf(query)} : undefined;
	return as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList' ? {as: 'metadata'} : undefined;
}

/** The first acceptable shape of an Accept header; throws 406, or 400 for a bad includeObject. */
export function negotiateForm(accept: string | undefined, query: URLSearchParams, hasTables: boolean): Form {
	for (const mediaType of parse(accept ?? '*/*')) {
		const form = formOf(mediaType, query, hasTables);
		if (form !== undefined) return form;
	}
	const message = 'only the following media types are accepted: application/json';
	throw new StatusError({code: 406, reason: 'NotAcceptable', message});
}

/** The version of aggregated discovery that an Accept header prefers among those offered; undefined for the legacy form. */
export function negotiateDiscovery(accept: string | undefined, offered: readonly string[]): string | undefined {
	for (const {type, parameters} of parse(accept ?? '')) {
		if (type !== 'application/json') continue;
		const version = parameters.get('v') ?? '';
		if (parameters.get('as') === undefined) return undefined;
		if (parameters.get('g') === 'apidiscovery.k8s.io' && offered.includes(version)) return version;
	}
	return undefined;
}
