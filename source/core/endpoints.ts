import type {KubeObject} from './kubernetes.ts';
import type {Beside} from './table.ts';

/** What k8tui reads of an EndpointSlice. */
export type EndpointSlice = KubeObject &
	Readonly<{
		addressType?: string;
		endpoints?: ReadonlyArray<Readonly<{addresses?: readonly string[]; conditions?: Readonly<{ready?: boolean; terminating?: boolean}>}>> | null;
	}>;

export type EndpointCount = Readonly<{ready: number; total: number}>;

/** The label by which a slice belongs to a Service (discovery.k8s.io). */
export const serviceNameLabel = 'kubernetes.io/service-name';

/** Endpoints of one slice; ready unless said otherwise, those on their way out are not counted (API reference, EndpointConditions). */
export function countEndpoints(slice: EndpointSlice): EndpointCount {
	const counted = (slice.endpoints ?? []).filter(({conditions}) => conditions?.terminating !== true);
	return {ready: counted.filter(({conditions}) => conditions?.ready !== false).length, total: counted.length};
}

/** Endpoints of a Service over its slices; undefined while slices have not been read. In dual stack a pod counts once. */
export function endpointsOf(beside: Beside, namespace: string | undefined, service: string): EndpointCount | undefined {
	if (!beside.ready('endpointslices')) return undefined;
	const byFamily = new Map<string, EndpointCount>();
	for (const {meta, object} of beside.list('endpointslices', namespace)) {
		if (meta.labels?.[serviceNameLabel] !== service || !object) continue;
		// Items of the kind `endpointslices` hold EndpointSlices.
		const slice = object as EndpointSlice;
		const {ready, total} = countEndpoints(slice);
		const before = byFamily.get(slice.addressType ?? '') ?? {ready: 0, total: 0};
		byFamily.set(slice.addressType ?? '', {ready: before.ready + ready, total: before.total + total});
	}
	const families = [...byFamily.values()];
	return {ready: Math.max(0, ...families.map(({ready}) => ready)), total: Math.max(0, ...families.map(({total}) => total))};
}
