import type {AccessQuestion, ClusterClient} from '../core/cluster-client.ts';
import {describeProblem} from '../core/problem.ts';
import {qualifiedName, type ResourceType} from '../core/resource-type.ts';
import type {CheckLine} from './check-report.ts';
import {sideBySide} from './side-by-side.ts';

/** What the Overview and the first screens of a session read. */
const mainKinds = [
	'pods',
	'services',
	'endpointslices.discovery.k8s.io',
	'ingresses.networking.k8s.io',
	'deployments.apps',
	'replicasets.apps',
	'statefulsets.apps',
	'daemonsets.apps',
	'jobs.batch',
	'cronjobs.batch',
	'configmaps',
	'secrets',
	'events',
	'persistentvolumeclaims',
	'persistentvolumes',
	'namespaces',
	'nodes',
];
const verbs = ['list', 'watch'] as const;
/** As many access reviews at once as kube-api.md 10 allows. */
const questionsAtOnce = 8;

type Denied = Readonly<{type: ResourceType; verbs: readonly string[]}>;
type Asked = Readonly<{denied: readonly Denied[]; unknown?: string}>;

/** May the user list and watch the main kinds? Asked for the whole cluster, and what is denied there in the namespace. */
export async function rightsLines(
	client: Pick<ClusterClient, 'can' | 'context'>,
	types: readonly ResourceType[],
	signal: AbortSignal,
): Promise<readonly CheckLine[]> {
	const main = mainKinds.flatMap(name => types.find(type => qualifiedName(type) === name && type.preferred) ?? []);
	const everywhere = await askAll(client, main, undefined, signal);
	const {namespace} = client.context;
	const within = everywhere.denied.flatMap(({type}) => (type.namespaced ? [type] : []));
	const there = within.length === 0 ? undefined : await askAll(client, within, namespace, signal);
	return [line('in all namespaces', main.length, everywhere), ...(there === undefined ? [] : [line(`in namespace ${namespace}`, within.length, there)])];
}

function line(where: string, count: number, {denied, unknown}: Asked): CheckLine {
	const section = 'rights';
	const allowed = `list and watch ${where}: ${count - denied.length} of ${count} kinds`;
	if (unknown !== undefined) return {section, mark: '!', text: `list and watch ${where} could not be asked: ${unknown}`};
	if (denied.length === 0) return {section, mark: '+', text: allowed};
	return {section, mark: '!', text: `${allowed}; you may not ${deniedWords(denied, count)}`};
}

/** `list or watch secrets, nodes; watch events`. */
function deniedWords(denied: readonly Denied[], count: number): string {
	const byVerbs = Map.groupBy(denied, one => one.verbs.join(' or '));
	return [...byVerbs].map(([words, kinds]) => `${words} ${kinds.length === count ? 'any of them' : kinds.map(kind => kind.type.plural).join(', ')}`).join('; ');
}

async function askAll(client: Pick<ClusterClient, 'can'>, types: readonly ResourceType[], namespace: string | undefined, signal: AbortSignal): Promise<Asked> {
	const questions = types.flatMap(type => verbs.map(verb => ({type, verb})));
	const answers = await sideBySide(questions, questionsAtOnce, async ({type, verb}) => ({
		type,
		verb,
		answer: await client.can(questionOf(type, verb, namespace), signal),
	}));
	const unknown = answers.flatMap(({answer}) => (answer.allowed === 'unknown' ? [describeProblem(answer.problem)] : []))[0];
	const denied = types.flatMap(type => {
		const missing = answers.flatMap(one => (one.type === type && one.answer.allowed === false ? [one.verb] : []));
		return missing.length === 0 ? [] : [{type, verbs: missing}];
	});
	return {denied, ...(unknown === undefined ? {} : {unknown})};
}

function questionOf({group, plural: resource}: ResourceType, verb: string, namespace: string | undefined): AccessQuestion {
	return {verb, group, resource, ...(namespace === undefined ? {} : {namespace})};
}
