import {endpointsOf} from './endpoints.ts';
import type {Judgement} from './judgement.ts';
import type {Beside} from './table.ts';

/** A Service that something sends traffic to. */
export type Backend = Readonly<{namespace: string | undefined; service: string}>;

/** The first Service that is known not to exist; undefined when all exist or Services have not been read. */
export function missingBackend(backends: readonly Backend[], beside: Beside): Judgement | undefined {
	if (!beside.ready('services')) return undefined;
	const missing = backends.find(({namespace, service}) => beside.find('services', namespace, service) === undefined);
	return missing && {tone: 'error', word: 'Service missing', why: `there is no Service ${missing.service}`};
}

/** The first Service that is known to have nobody ready behind it. A Service of type ExternalName has no endpoints and needs none. */
export function emptyBackend(backends: readonly Backend[], beside: Beside): Judgement | undefined {
	const empty = backends.find(({namespace, service}) => {
		const endpoints = endpointsOf(beside, namespace, service);
		const external = beside.ready('services') && beside.find('services', namespace, service)?.printed('Type') === 'ExternalName';
		return endpoints !== undefined && endpoints.ready === 0 && !external;
	});
	return empty && {tone: 'warning', word: 'No endpoints', why: `Service ${empty.service} has no ready endpoint`};
}
