import {parseListOptions} from '../list-options.ts';
import {nodeMetricsOf, podMetricsOf} from '../metrics/metrics-objects.ts';
import {runningPodsByNode} from '../metrics/usage.ts';
import {entryOf} from '../resource-store.ts';
import {StatusError} from '../status-error.ts';
import type {StoredObject} from '../stored-object.ts';
import type {Answer, ApiContext, KindRequest} from './api-context.ts';
import {negotiateForm} from './media-type.ts';

/** What metrics-server says of something that it has no values of: `node "n9" not found`, `pods "x" not found`. */
function withoutValues(plural: string, name: string): StatusError {
	const noun = plural === 'nodes' ? 'node' : 'pods';
	const message = `${noun} ${JSON.stringify(name)} not found`;
	return new StatusError({code: 404, reason: 'NotFound', message, details: {name, group: 'metrics.k8s.io', kind: plural}});
}

function nodeObjects({cluster}: ApiContext, names: readonly StoredObject[], now: number): readonly StoredObject[] {
	const pods = runningPodsByNode(cluster);
	return names.flatMap(node => nodeMetricsOf(node, pods.get(node.metadata.name) ?? [], now) ?? []);
}

/** `GET /apis/metrics.k8s.io/v1beta1/...`: nodes and pods with what they use, as metrics-server answers. Throws 404. */
export function answerMetrics(context: ApiContext, request: KindRequest): Answer {
	const {cluster, rendering} = context;
	const {kind, info, now} = request;
	const form = negotiateForm(request.headers.accept, request.url.searchParams, true);
	const isOfNodes = kind.plural === 'nodes';
	const objects = (measured: readonly StoredObject[]): readonly StoredObject[] =>
		isOfNodes ? nodeObjects(context, measured, now) : measured.flatMap(pod => podMetricsOf(pod, now) ?? []);
	if (info.verb === 'get') {
		const measured = cluster.get(kind.plural, isOfNodes ? undefined : info.namespace, info.name);
		const [found] = measured === undefined ? [] : objects([measured]);
		if (found === undefined) throw withoutValues(kind.plural, info.name);
		return {status: 200, body: rendering.single(kind, entryOf(found), {form, now})};
	}
	const {matches} = parseListOptions(kind, request.url.searchParams);
	const listed = cluster.list(kind.plural, info.namespace === '' ? undefined : info.namespace);
	const chosen = matches === undefined ? listed : listed.filter(matches);
	return {status: 200, body: rendering.list(kind, objects(chosen).map(entryOf), {}, {form, now})};
}
