import {refOf, sliceKind, titleOf} from './cluster-index.ts';
import {atMost, counted, type DraftStep} from './draft.ts';
import {endpointLine} from './endpoint-line.ts';
import type {EndpointsPlace} from './endpoints-place.ts';
import {brokenEndpoints, noFamily} from './no-endpoints.ts';
import type {TraceEndpoint} from './trace.ts';

/** How many endpoints are named one by one. */
const mostNamed = 8;

/** Which endpoints there are for the port, and which of them this client is sent to. */
export function endpointsStep(place: EndpointsPlace): DraftStep {
	const {service, found, index} = place;
	const {namespace = ''} = service.metadata;
	const state = index.readable(sliceKind, namespace);
	if (state !== 'ready') {
		const why = `EndpointSlices ${state === 'loading' ? 'are still being read' : 'may not be read'}`;
		return {title: 'Endpoints', state: 'unknown', evidence: [why], outcome: 'unknown', notChecked: [{what: `endpoints of ${titleOf(service)}`, why}]};
	}
	const used = found.endpoints.filter(one => one.used);
	const lines = atMost([...found.endpoints].sort(byUse).map(endpointLine), mostNamed);
	const counts = `${counted(found.endpoints.filter(({ready}) => ready).length, 'ready endpoint')} of ${found.endpoints.length} in ${counted(found.slices, 'EndpointSlice')}`;
	const evidence = [counts, ...found.notes, ...hairpinNote(place), ...lines];
	if (found.family !== undefined) return noFamily(place, evidence);
	if (used.length > 0) {
		const draining = used.every(({ready}) => !ready);
		const partial = found.endpoints.some(({ready, terminating}) => !ready && !terminating);
		return {title: 'Endpoints', state: draining || partial ? 'warning' : 'ok', evidence, ref: refOf(service)};
	}
	return brokenEndpoints(place, evidence);
}

function byUse(a: TraceEndpoint, b: TraceEndpoint): number {
	return Number(b.used) - Number(a.used);
}

function hairpinNote({from, found}: EndpointsPlace): readonly string[] {
	const self =
		from && found.endpoints.some(({pod, used}) => used && pod?.metadata.name === from.metadata.name && pod.metadata.namespace === from.metadata.namespace);
	return self ? [`the client ${titleOf(from)} is one of them: its own answer comes back through a hairpin`] : [];
}
