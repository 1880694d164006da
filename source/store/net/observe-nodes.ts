import type {ClusterView} from '../../core/check.ts';
import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import {eventTime, type KubeEvent} from '../../core/event-facts.ts';
import {textAt} from '../../core/field.ts';
import {distributionOf} from '../../core/net/distribution.ts';
import {type NodePasswordFacts, nodeOfPassword, type NodeRefusalFacts, type ServerVersionFacts} from '../../core/net/server-facts.ts';
import type {Observation} from '../../core/observation.ts';
import {ProblemError} from '../../core/problem.ts';
import type {ResourceType} from '../../core/resource-type.ts';
import {observe, type ObservingTools} from './observe.ts';

export type NodeReads = Pick<ClusterClient, 'list' | 'skewMs' | 'table' | 'text'>;

/** Where the API server puts events about objects without a namespace. */
const eventsNamespace = 'default';

/**
 * What beside the objects tells of the nodes: the version of the API server; of k3s and RKE2 alone the names of its Secrets with nodes'
 * passwords, and which hosts it refused. Sends GETs only. Never rejects but by its signal.
 */
export async function observeNodes(client: NodeReads, view: ClusterView, clock: Clock, signal: AbortSignal): Promise<readonly Observation[]> {
	const tools: Reader = {client, clock, signal};
	const isK3s = distributionOf(view).name !== 'other';
	const read = await Promise.all([versionRead(tools), ...(isK3s ? [passwordsRead(tools), refusalsRead(tools)] : [])]);
	signal.throwIfAborted();
	return read;
}

type Reader = ObservingTools & Readonly<{client: NodeReads}>;

function versionRead(tools: Reader): Promise<Observation<ServerVersionFacts>> {
	const what = 'Could not read the version of the API server';
	return observe(tools, {probe: 'api-server-version', target: '/version', what}, async signal => {
		const {status, body} = await tools.client.text('/version', signal);
		const gitVersion = status === 200 ? textAt(parsed(body), 'gitVersion') : undefined;
		if (gitVersion === undefined) throw new ProblemError({code: 'protocol', what, cause: `the answer (status ${status}) tells no version`});
		return {gitVersion};
	});
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

/** Their metadata alone is asked for: what is in a Secret does not leave the server. */
function passwordsRead(tools: Reader): Promise<Observation<NodePasswordFacts>> {
	const about = {probe: 'node-passwords', target: 'kube-system', what: 'Could not list the names of Secrets in kube-system'};
	return observe(tools, about, async signal => {
		const {items} = await tools.client.table(coreType('secrets', 'Secret'), {namespace: 'kube-system', mode: 'metadata'}, signal);
		return {secrets: items.map(({meta}) => meta.name).filter(name => nodeOfPassword(name) !== undefined)};
	});
}

function refusalsRead(tools: Reader): Promise<Observation<NodeRefusalFacts>> {
	const about = {probe: 'node-password-events', target: eventsNamespace, what: 'Could not list the events of nodes'};
	return observe(tools, about, async signal => {
		const events = await tools.client.list(coreType('events', 'Event'), {namespace: eventsNamespace, fieldSelector: 'involvedObject.kind=Node'}, signal);
		return {refusals: refusalsOf(events)};
	});
}

/** A refusal counts until the host is taken: k3s tells both (pkg/nodepassword). */
function refusalsOf(events: readonly KubeEvent[]): NodeRefusalFacts['refusals'] {
	const told = events.filter(({reason = ''}) => reason === 'NodePasswordValidationFailed' || reason === 'NodePasswordValidationComplete');
	return [...Map.groupBy(told, ({involvedObject}) => involvedObject?.name ?? '')].flatMap(([node, group]) => {
		const newest = group.reduce((a, b) => ((eventTime(b) ?? 0) > (eventTime(a) ?? 0) ? b : a));
		if (newest.reason !== 'NodePasswordValidationFailed') return [];
		return [{node, message: newest.message ?? newest.reason, at: eventTime(newest) ?? 0}];
	});
}

function coreType(plural: string, kind: string): ResourceType {
	const names = {plural, kind, singular: kind.toLowerCase(), shortNames: [], categories: [], subresources: []};
	return {...names, group: '', version: 'v1', namespaced: true, verbs: ['list'], preferred: true, state: 'current'};
}
