import type {FeedSink, Scope} from '../../../source/core/feed.ts';
import type {KubeObject} from '../../../source/core/kubernetes.ts';
import {makeCatalogue} from '../../../source/core/make-catalogue.ts';
import {type Problem, ProblemError} from '../../../source/core/problem.ts';
import type {ResourceType} from '../../../source/core/resource-type.ts';
import type {FakeClock} from '../../tools/fake-clock.ts';
import {resourceType} from '../../tools/fake-client.ts';

export const nodesType = resourceType({plural: 'nodes', kind: 'Node', namespaced: false});
export const podsType = resourceType({plural: 'pods', kind: 'Pod'});
const types: readonly ResourceType[] = [
	nodesType,
	podsType,
	resourceType({plural: 'services', kind: 'Service'}),
	resourceType({plural: 'apiservices', kind: 'APIService', group: 'apiregistration.k8s.io', namespaced: false}),
	resourceType({plural: 'nodes', kind: 'NodeMetrics', group: 'metrics.k8s.io', version: 'v1beta1', namespaced: false, verbs: ['get', 'list']}),
	resourceType({plural: 'pods', kind: 'PodMetrics', group: 'metrics.k8s.io', version: 'v1beta1', verbs: ['get', 'list']}),
];

export const catalogue = makeCatalogue([], {types, problems: new Map(), warming: false});

export const forbidden: Problem = {code: 'forbidden', status: 403, what: 'Could not list', cause: 'user eve may not'};
export const unavailable: Problem = {
	code: 'server',
	status: 503,
	what: 'Could not list',
	cause: 'the server answered 503',
	serverMessage: 'service unavailable',
};
export const notFound: Problem = {code: 'not-found', status: 404, what: 'Could not list', cause: '404 page not found'};

type Answer = 'hang' | Problem | undefined;

/** A cluster with a metrics API, kubelets, an APIService and a Prometheus, all in the test's hand; remembers what it was asked and when. */
export function metricsServer(clock: FakeClock) {
	const asked: string[] = [];
	const feeds: Array<Readonly<{scope: Scope; sink: FeedSink; signal: AbortSignal}>> = [];
	const state = {
		/** The time of the samples that are published now. */
		sampledAt: clock.now() - 5000,
		nodes: undefined as Answer,
		pods: undefined as Answer,
		/** Where pods of all namespaces are denied. */
		wideDenied: false,
		empty: false,
		kubelets: new Map<string, Answer>(),
		registered: undefined as string | undefined,
		configz: undefined as Answer,
		prometheus: false,
		range: undefined as Answer,
		objects: new Map<string, readonly KubeObject[]>(),
		inFlight: 0,
		mostInFlight: 0,
	};
	const answer = async <T>(given: Answer, signal: AbortSignal, value: () => T): Promise<T> => {
		if (given === 'hang')
			return await new Promise((_resolve, reject) =>
				signal.addEventListener('abort', () => reject(new ProblemError({code: 'cancelled', what: 'x', cause: 'given up'})), {once: true}),
			);
		if (given !== undefined) throw new ProblemError(given);
		return value();
	};
	const stamp = (at: number): string => new Date(at).toISOString();
	const nodeMetrics = (name: string, cpu: string): KubeObject =>
		({
			apiVersion: 'metrics.k8s.io/v1beta1',
			kind: 'NodeMetrics',
			metadata: {name},
			timestamp: stamp(state.sampledAt),
			window: '15s',
			usage: {cpu, memory: '2Gi'},
		}) as KubeObject;
	const podMetrics = (namespace: string, name: string, cpu: string): KubeObject =>
		({
			apiVersion: 'metrics.k8s.io/v1beta1',
			kind: 'PodMetrics',
			metadata: {name, namespace},
			timestamp: stamp(state.sampledAt),
			window: '15s',
			containers: [{name: 'app', usage: {cpu, memory: '64Mi'}}],
		}) as KubeObject;
	const summary = (node: string): string => {
		const time = stamp(clock.now());
		const stats = {cpu: {time, usageNanoCores: 700_000_000}, memory: {time, workingSetBytes: 1_000_000_000, availableBytes: 3_000_000_000}};
		return JSON.stringify({
			node: {nodeName: node, ...stats},
			pods: [
				{
					podRef: {namespace: 'shop', name: `on-${node}`},
					containers: [{name: 'app', ...stats}],
					volume: [{name: 'data', usedBytes: 5, capacityBytes: 10, pvcRef: {name: 'c'}}],
					'ephemeral-storage': {usedBytes: 7},
				},
			],
		});
	};
	const client = {
		context: {name: 'lab', cluster: 'lab', user: 'me', namespace: 'shop', server: 'https://lab:6443', source: 'x', demo: false},
		async list(type: ResourceType, options: Readonly<{namespace?: string; labelSelector?: string}>, signal: AbortSignal): Promise<readonly KubeObject[]> {
			asked.push(
				`list ${type.plural}.${type.group}${options.namespace === undefined ? '' : ` in ${options.namespace}`}${options.labelSelector === undefined ? '' : ` ${options.labelSelector}`}`,
			);
			if (type.group !== 'metrics.k8s.io')
				return await answer(
					undefined,
					signal,
					() => state.objects.get(`${type.plural} ${options.labelSelector ?? ''}`.trim()) ?? state.objects.get(type.plural) ?? [],
				);
			if (type.plural === 'nodes') return await answer(state.nodes, signal, () => (state.empty ? [] : [nodeMetrics('n1', '250m'), nodeMetrics('n2', '1')]));
			if (state.wideDenied && options.namespace === undefined) throw new ProblemError(forbidden);
			const all = [podMetrics('shop', 'web-0', '12m'), podMetrics('data', 'pg-0', '900m')];
			return await answer(state.pods, signal, () =>
				state.empty ? [] : all.filter(({metadata}) => options.namespace === undefined || metadata.namespace === options.namespace),
			);
		},
		async get(type: ResourceType, namespace: string | undefined, name: string, _options: unknown, signal: AbortSignal): Promise<KubeObject> {
			asked.push(`get ${type.plural} ${name}`);
			if (type.plural === 'apiservices') {
				const conditions = state.registered === undefined ? [] : [{type: 'Available', status: 'False', message: state.registered}];
				return await answer(
					undefined,
					signal,
					() => ({apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: {name}, status: {conditions}}) as KubeObject,
				);
			}
			const found = (state.objects.get(type.plural) ?? []).find(({metadata}) => metadata.name === name && metadata.namespace === namespace);
			if (found === undefined) throw new ProblemError(notFound);
			return found;
		},
		async *pages(type: ResourceType, options: Readonly<{namespace?: string}>): AsyncGenerator<readonly KubeObject[], void> {
			asked.push(`pages ${type.plural}`);
			const all = (state.objects.get(type.plural) ?? []).filter(({metadata}) => options.namespace === undefined || metadata.namespace === options.namespace);
			for (let from = 0; from < all.length; from += 250) yield all.slice(from, from + 250);
		},
		async text(path: string, signal: AbortSignal): Promise<Readonly<{status: number; body: string}>> {
			asked.push(path.split('?')[0] ?? path);
			const node = /nodes\/([^/]+)\/proxy\/(.+)$/.exec(path);
			state.inFlight++;
			state.mostInFlight = Math.max(state.mostInFlight, state.inFlight);
			try {
				await Promise.resolve();
				if (node?.[2] === 'configz')
					return await answer(state.configz, signal, () => ({status: 200, body: '{"kubeletconfig": {"evictionHard": {"memory.available": "5%"}}}'}));
				if (node) return await answer(state.kubelets.get(node[1] ?? ''), signal, () => ({status: 200, body: summary(node[1] ?? '')}));
				const query = new URLSearchParams(path.split('?')[1]).get('query') ?? '';
				const end = Number(new URLSearchParams(path.split('?')[1]).get('end'));
				const values = [-60, -45, -30].map((seconds, index) => [end + seconds, String(/cpu/.test(query) ? 0.1 * (index + 1) : 1000 * (index + 1))]);
				return await answer(state.range, signal, () => ({
					status: 200,
					body: JSON.stringify({
						status: 'success',
						data: {
							resultType: 'matrix',
							result: [
								{metric: {instance: 'other:10250'}, values: [[end, '9']]},
								{metric: {instance: 'n1:10250', pod: 'web-0'}, values},
							],
						},
					}),
				}));
			} finally {
				state.inFlight--;
			}
		},
		feedOf: (scope: Scope) => (sink: FeedSink, signal: AbortSignal) => {
			feeds.push({scope, sink, signal});
			return new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), {once: true}));
		},
	};
	return {
		client,
		state,
		asked,
		feeds,
		/** What was asked since the last call. */
		taken: () => asked.splice(0),
		/** A new sample is published now. */
		sample: () => {
			state.sampledAt = clock.now();
		},
	};
}
