import {at, numberAt, textsAt} from '../json.ts';
import {isReady} from '../control-plane/owned-pods.ts';
import {notFound, StatusError} from '../status-error.ts';
import type {StoredObject} from '../stored-object.ts';
import type {Answer, ApiContext, KindRequest} from './api-context.ts';

function selects(budget: StoredObject, pod: StoredObject): boolean {
	return Object.entries(textsAt(budget, 'spec', 'selector', 'matchLabels')).every(([key, value]) => pod.metadata.labels?.[key] === value);
}

/** How many pods of a budget may go: its minAvailable or maxUnavailable against those that are ready now. */
function allowed(context: ApiContext, budget: StoredObject): number {
	const pods = context.cluster.list('pods', budget.metadata.namespace).filter(pod => selects(budget, pod));
	const ready = pods.filter(isReady).length;
	const least =
		at(budget, 'spec', 'minAvailable') === undefined ? pods.length - numberAt(budget, 'spec', 'maxUnavailable') : numberAt(budget, 'spec', 'minAvailable');
	return ready - least;
}

/** POST of `.../pods/{name}/eviction`: a deletion that a PodDisruptionBudget can refuse with 429. Throws 404. */
export function evictPod(context: ApiContext, request: KindRequest): Answer {
	const {namespace, name} = request.info;
	const pod = context.cluster.get('pods', namespace, name);
	if (pod === undefined) throw notFound(request.kind, name);
	const budget = context.cluster.list('poddisruptionbudgets.policy', namespace).find(candidate => selects(candidate, pod));
	if (budget !== undefined && isReady(pod) && allowed(context, budget) < 1) {
		const needs = numberAt(budget, 'spec', 'minAvailable');
		const ready = context.cluster.list('pods', namespace).filter(candidate => selects(budget, candidate) && isReady(candidate)).length;
		const message = `The disruption budget ${budget.metadata.name} needs ${needs} healthy pods and has ${ready} currently`;
		throw new StatusError({
			code: 429,
			reason: 'TooManyRequests',
			message: "Cannot evict pod as it would violate the pod's disruption budget.",
			details: {causes: [{reason: 'DisruptionBudget', message}]},
			retryAfterSeconds: 10,
		});
	}
	if (!request.url.searchParams.getAll('dryRun').includes('All')) context.cluster.delete('pods', namespace, name);
	return {status: 201, body: JSON.stringify({kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201})};
}
