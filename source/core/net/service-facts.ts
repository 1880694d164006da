import type {ClusterView} from '../check.ts';
import type {Ref} from '../kubernetes.ts';
import {labelsMatch} from '../label-selector.ts';
import type {NetPod, NetService, NetSlice, SliceEndpoint} from './net-objects.ts';
import {clusterIndex, hasEnded, refOf, titleOf} from './trace/cluster-index.ts';

/** What checks ask about a Service, looked up once. */
export type ServiceFacts = Readonly<{
	service: NetService;
	ref: Ref;
	/** `shop/web`. */
	title: string;
	namespace: string;
	selector: Readonly<Record<string, string>>;
	hasSelector: boolean;
	/** The pods its selector means, those that have ended left out. */
	pods: readonly NetPod[];
	slices: readonly NetSlice[];
	/** One for each address, over all slices; in dual stack those of the family that has most. */
	endpoints: readonly SliceEndpoint[];
	ready: number;
	/** Those that are going, but still serve: kube-proxy falls back to them. */
	draining: number;
}>;

/** Every Service of the cluster with its pods and endpoints. Thousands of Services cost one look-up each: pods are found by their labels. */
export function serviceFacts(view: ClusterView): readonly ServiceFacts[] {
	const make = (): readonly ServiceFacts[] => readFacts(view);
	return view.once?.('service-facts', make) ?? make();
}

function readFacts(view: ClusterView): readonly ServiceFacts[] {
	const index = clusterIndex(view);
	const byLabel = new Map<string, NetPod[]>();
	for (const pod of view.all<NetPod>('pods')) {
		if (hasEnded(pod)) continue;
		for (const [key, value] of Object.entries(pod.metadata.labels ?? {})) {
			const place = `${pod.metadata.namespace ?? ''}/${key}=${value}`;
			const list = byLabel.get(place);
			if (list) list.push(pod);
			else byLabel.set(place, [pod]);
		}
	}
	return index.services.map(service => {
		const {namespace = '', name} = service.metadata;
		const selector = service.spec?.type === 'ExternalName' ? {} : (service.spec?.selector ?? {});
		const slices = index.slices(namespace, name);
		const endpoints = oneFamily(slices);
		return {
			service,
			ref: refOf(service),
			title: titleOf(service),
			namespace,
			selector,
			hasSelector: Object.keys(selector).length > 0,
			pods: selected(byLabel, namespace, selector),
			slices,
			endpoints,
			ready: endpoints.filter(isReadyEndpoint).length,
			draining: endpoints.filter(({conditions}) => conditions?.terminating === true && conditions.serving === true).length,
		};
	});
}

/** The pods of the rarest label of the selector that have all the others. */
function selected(byLabel: ReadonlyMap<string, readonly NetPod[]>, namespace: string, selector: Readonly<Record<string, string>>): readonly NetPod[] {
	const lists = Object.entries(selector).map(([key, value]) => byLabel.get(`${namespace}/${key}=${value}`) ?? []);
	const [rarest = []] = lists.toSorted((a, b) => a.length - b.length);
	return rarest.filter(({metadata}) => labelsMatch(selector, metadata.labels ?? {}));
}

/** Ready unless said otherwise (API reference, EndpointConditions). */
export function isReadyEndpoint({conditions}: SliceEndpoint): boolean {
	return conditions?.ready !== false && conditions?.terminating !== true;
}

/** The endpoints of the address family that has most; an address that stands in several slices counts once, ready where any says so. */
function oneFamily(slices: readonly NetSlice[]): readonly SliceEndpoint[] {
	const families = [...Map.groupBy(slices, ({addressType}) => addressType ?? 'IPv4').values()].map(same => {
		const byAddress = new Map<string, SliceEndpoint>();
		for (const endpoint of same.flatMap(({endpoints}) => endpoints ?? [])) {
			const address = endpoint.addresses?.[0] ?? '';
			const before = byAddress.get(address);
			if (!before || (!isReadyEndpoint(before) && isReadyEndpoint(endpoint))) byAddress.set(address, endpoint);
		}
		return [...byAddress.values()];
	});
	return families.toSorted((a, b) => b.length - a.length)[0] ?? [];
}

/** `app=web,tier=front`. */
export function selectorText(selector: Readonly<Record<string, string>>): string {
	return Object.entries(selector)
		.map(([key, value]) => `${key}=${value}`)
		.join(',');
}
