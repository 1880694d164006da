import type {ClusterView, Readability} from '../../source/core/check.ts';
import type {KubeObject} from '../../source/core/kubernetes.ts';
import type {Observation} from '../../source/core/observation.ts';
import {createOnce} from '../../source/core/once.ts';

/** 2026-01-02T14:02:31Z. */
export const viewNow = Date.UTC(2026, 0, 2, 14, 2, 31);

export type ViewOptions = Readonly<{
	now?: number;
	oneShot?: boolean;
	/** Kinds that could not be read, by qualified plural name. */
	unread?: Readonly<Record<string, Readability>>;
	observations?: readonly Observation[];
}>;

/** Not allowed to list it. */
export function deniedKind(kind: string): Readability {
	return {state: 'denied', problem: {code: 'forbidden', what: `Could not list ${kind}`, cause: `User viewer may not list ${kind}`}};
}

/** A moment of a cluster that holds these objects; every kind is readable but those named. */
export function clusterView(objects: readonly KubeObject[], options: ViewOptions = {}): ClusterView {
	const byKind = Map.groupBy(objects, qualifiedPlural);
	const {now = viewNow, oneShot = false, unread = {}, observations = []} = options;
	return {
		once: createOnce(),
		now,
		oneShot,
		clusterDomain: 'cluster.local',
		// A test knows what it put in.
		all: <O extends KubeObject>(kind: string) => (unread[kind] === undefined ? (byKind.get(kind) ?? []) : []) as readonly KubeObject[] as readonly O[],
		readable: kind => unread[kind] ?? {state: 'ready'},
		// As above.
		observed: <T>(probe: string) => observations.filter(one => one.probe === probe) as ReadonlyArray<Observation<T>>,
	};
}

function qualifiedPlural({apiVersion, kind}: KubeObject): string {
	const name = kind.toLowerCase();
	const plural = /[^aeo]y$/.test(name) ? `${name.slice(0, -1)}ies` : name.endsWith('s') ? `${name}es` : `${name}s`;
	const [group = '', version] = apiVersion.split('/');
	return version === undefined ? plural : `${plural}.${group}`;
}

type Labels = Readonly<Record<string, string>>;

/** An object of any kind; `path` is `namespace/name` or a name. */
export function object(apiVersion: string, kind: string, path: string, rest: Readonly<Record<string, unknown>> = {}): KubeObject {
	const [first = '', second] = path.split('/');
	const {metadata, ...fields} = rest;
	const place = second === undefined ? {name: first} : {namespace: first, name: second};
	// The metadata that a test adds stands beside the name.
	const meta = {uid: `${kind}-${path}`, creationTimestamp: '2026-01-01T00:00:00Z', ...place, ...(metadata as Partial<KubeObject['metadata']> | undefined)};
	return {apiVersion, kind, metadata: meta, ...fields};
}

export function namespaceObject(name: string, labels: Labels = {}): KubeObject {
	return object('v1', 'Namespace', name, {metadata: {labels: {'kubernetes.io/metadata.name': name, ...labels}}});
}

export type PodOptions = Readonly<{
	labels?: Labels;
	ip?: string;
	node?: string;
	ports?: readonly unknown[];
	hostNetwork?: boolean;
	phase?: string;
	ready?: boolean;
	spec?: object;
	status?: object;
	metadata?: object;
}>;

/** A pod, running and ready unless said otherwise. */
export function podObject(path: string, options: PodOptions = {}): KubeObject {
	const {labels = {}, ip, node = 'node-a', ports = [], hostNetwork = false, phase = 'Running', ready = true} = options;
	return object('v1', 'Pod', path, {
		metadata: {labels, ...options.metadata},
		spec: {nodeName: node, ...(hostNetwork ? {hostNetwork} : {}), containers: [{name: 'main', image: 'registry.test/main:1', ports}], ...options.spec},
		status: {
			phase,
			...(ip === undefined ? {} : {podIP: ip, podIPs: [{ip}]}),
			conditions: [{type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: '2026-01-01T00:00:10Z'}],
			containerStatuses: [{name: 'main', ready, restartCount: 0, started: true, state: {running: {startedAt: '2026-01-01T00:00:10Z'}}}],
			...options.status,
		},
	});
}

export function policyObject(path: string, spec: unknown): KubeObject {
	return object('networking.k8s.io/v1', 'NetworkPolicy', path, {spec});
}

export function nodeObject(
	name: string,
	options: Readonly<{address?: string; labels?: Labels; spec?: object; status?: object; annotations?: Labels}> = {},
): KubeObject {
	const {address, labels = {}, annotations = {}, spec = {}, status = {}} = options;
	const conditions = [{type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z'}];
	const addresses = address === undefined ? [] : [{type: 'InternalIP', address}];
	return object('v1', 'Node', name, {metadata: {labels, annotations}, spec, status: {conditions, addresses, ...status}});
}

export function serviceObject(path: string, spec: Readonly<Record<string, unknown>>, rest: Readonly<Record<string, unknown>> = {}): KubeObject {
	return object('v1', 'Service', path, {spec: {type: 'ClusterIP', clusterIP: '10.96.0.20', ...spec}, status: {loadBalancer: {}}, ...rest});
}

/** An EndpointSlice of a Service: `endpoints` as `{address, pod?, node?, ready?}`. */
export function sliceObject(
	service: string,
	endpoints: ReadonlyArray<Readonly<{address: string; pod?: string; node?: string; ready?: boolean; terminating?: boolean; serving?: boolean}>>,
	ports: readonly unknown[] = [{name: 'http', port: 8080, protocol: 'TCP'}],
): KubeObject {
	const [namespace = '', name = ''] = service.split('/');
	return object('discovery.k8s.io/v1', 'EndpointSlice', `${service}-x7k2p`, {
		metadata: {labels: {'kubernetes.io/service-name': name}},
		addressType: 'IPv4',
		ports,
		endpoints: endpoints.map(({address, pod, node, ready = true, terminating = false, serving = ready}) => ({
			addresses: [address],
			conditions: {ready, serving, terminating},
			...(node === undefined ? {} : {nodeName: node}),
			...(pod === undefined ? {} : {targetRef: {kind: 'Pod', namespace, name: pod}}),
		})),
	});
}
