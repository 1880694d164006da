import {type FieldPredicate, parseFieldSelector} from './field-selector.ts';
import type {DemoKind} from './kind.ts';
import {type LabelPredicate, parseLabelSelector} from './label-selector.ts';
import {badRequest, invalid, StatusError} from './status-error.ts';
import type {StoredObject} from './stored-object.ts';

/** The query of a list or watch, checked. */
export type ListOptions = Readonly<{
	/** The raw text: '' where it was not given. */
	resourceVersion: string;
	resourceVersionMatch: string;
	limit: number;
	continueToken: string;
	watch: boolean;
	allowWatchBookmarks: boolean;
	timeoutSeconds: number | undefined;
	sendInitialEvents: boolean | undefined;
	/** Undefined when both selectors select all. */
	matches: ((object: StoredObject) => boolean) | undefined;
}>;

const noLabels: Readonly<Record<string, string>> = {};

function numberOf(query: URLSearchParams, name: string): number | undefined {
	const text = query.get(name);
	if (text === null || text === '') return undefined;
	if (!/^-?\d+$/u.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
	return Number(text);
}

function flagOf(query: URLSearchParams, name: string): boolean | undefined {
	const text = query.get(name);
	// As runtime.Convert_Slice_string_To_bool: only these two are false.
	return text === null ? undefined : text !== 'false' && text !== '0';
}

function both(labels: LabelPredicate | undefined, fields: FieldPredicate | undefined): ListOptions['matches'] {
	if (labels === undefined) return fields;
	const byLabels = (object: StoredObject): boolean => labels(object.metadata.labels ?? noLabels);
	return fields === undefined ? byLabels : object => byLabels(object) && fields(object);
}

/** Reads list and watch options; throws the StatusError that the API server would answer with. */
export function parseListOptions(kind: DemoKind, query: URLSearchParams): ListOptions {
	return {
		resourceVersion: query.get('resourceVersion') ?? '',
		resourceVersionMatch: query.get('resourceVersionMatch') ?? '',
		limit: numberOf(query, 'limit') ?? 0,
		continueToken: query.get('continue') ?? '',
		watch: flagOf(query, 'watch') ?? false,
		allowWatchBookmarks: flagOf(query, 'allowWatchBookmarks') ?? false,
		timeoutSeconds: numberOf(query, 'timeoutSeconds'),
		sendInitialEvents: flagOf(query, 'sendInitialEvents'),
		matches: both(parseLabelSelector(query.get('labelSelector') ?? ''), parseFieldSelector(kind, query.get('fieldSelector') ?? '')),
	};
}

/** The number in a resourceVersion; undefined when it was not given. Lists answer 400, watches 500 to anything else. */
export function parseResourceVersion(options: Pick<ListOptions, 'resourceVersion' | 'watch'>): number | undefined {
	const text = options.resourceVersion;
	if (text === '') return undefined;
	if (/^\d+$/u.test(text)) return Number(text);
	const message = `resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`;
	throw options.watch ? new StatusError({code: 500, message}) : badRequest(`invalid resource version: ${message}`);
}

/** Refuses sendInitialEvents where it is not supported or not asked for properly, as apimachinery's ValidateListOptions. */
export function checkInitialEvents(options: ListOptions, isSupported: boolean): void {
	if (options.sendInitialEvents === undefined) return;
	const listOptions = {group: 'meta.k8s.io', kind: 'ListOptions'};
	if (options.resourceVersionMatch !== 'NotOlderThan') {
		const message = 'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan';
		throw invalid(listOptions, '', {reason: 'FieldValueForbidden', message, field: 'resourceVersionMatch'});
	}
	if (!isSupported) {
		const message = 'Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled';
		throw invalid(listOptions, '', {reason: 'FieldValueForbidden', message, field: 'sendInitialEvents'});
	}
}
