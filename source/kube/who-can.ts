import type {AccessQuestion} from '../core/cluster-client.ts';
import {problemOf} from '../core/problem.ts';
import {jsonOf} from './json-answer.ts';
import {type RbacRule, ruleGrants} from './rbac-rule.ts';
import type {Transport} from './transport.ts';

type RbacMeta = Readonly<{name: string; namespace?: string}>;
type Role = Readonly<{metadata: RbacMeta; rules?: readonly RbacRule[] | null}>;
type Subject = Readonly<{kind: string; name: string; namespace?: string}>;
type Binding = Readonly<{metadata: RbacMeta; roleRef: Readonly<{kind: string; name: string}>; subjects?: readonly Subject[]}>;
type RbacList = Readonly<{items: readonly unknown[]; metadata?: Readonly<{continue?: string}>}>;

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const pageSize = 500;

/**
 * Who may do it by the RBAC objects that are readable, sorted: `group sre via ClusterRole/admin`. Other authorizers (webhooks, Node) are
 * not seen here; a last line says which part could not be read. Rejects with a ProblemError where no list of bindings, or of roles, is readable.
 */
export async function whoCan(transport: Transport, question: AccessQuestion, signal: AbortSignal): Promise<readonly string[]> {
	const {namespace} = question;
	const inside = namespace === undefined ? [] : [`${rbac}/namespaces/${encodeURIComponent(namespace)}`];
	const readAll = (paths: readonly string[]) => Promise.allSettled(paths.map(path => listAll(transport, path, signal)));
	const [roles, bindings] = await Promise.all([
		readAll([`${rbac}/clusterroles`, ...inside.map(path => `${path}/roles`)]),
		readAll([`${rbac}/clusterrolebindings`, ...inside.map(path => `${path}/rolebindings`)]),
	]);
	// `as` in both lines: served objects get their type here; the fields used are required by the API's own validation.
	const granting = new Set((readable(roles) as Role[]).filter(role => role.rules?.some(rule => ruleGrants(rule, question))).map(roleKey));
	const granted = (readable(bindings) as Binding[]).filter(({roleRef, metadata}) =>
		granting.has(`${roleRef.kind}/${roleRef.kind === 'Role' ? `${metadata.namespace}/` : ''}${roleRef.name}`),
	);
	const lines = granted.flatMap(({subjects, roleRef}) => (subjects ?? []).map(subject => `${subjectText(subject)} via ${roleRef.kind}/${roleRef.name}`));
	return [...[...new Set(lines)].sort(), ...gaps([...roles, ...bindings])];
}

function roleKey({metadata: {name, namespace}}: Role): string {
	return namespace === undefined ? `ClusterRole/${name}` : `Role/${namespace}/${name}`;
}

function subjectText({kind, name, namespace}: Subject): string {
	return kind === 'ServiceAccount' ? `serviceaccount ${namespace ?? ''}/${name}` : `${kind.toLowerCase()} ${name}`;
}

/** A line where a part could not be read: an answer with a hole must not look whole. */
function gaps(lists: ReadonlyArray<PromiseSettledResult<readonly unknown[]>>): readonly string[] {
	const refused = lists.filter(list => list.status === 'rejected').map(list => problemOf(list.reason, 'Could not read who has rights').cause);
	return refused.length === 0 ? [] : [`others are not known: ${refused.join('; ')}`];
}

/** What could be read; the first refusal where nothing could. */
function readable(lists: ReadonlyArray<PromiseSettledResult<readonly unknown[]>>): unknown[] {
	const refused = lists.find(list => list.status === 'rejected');
	if (refused !== undefined && lists.every(list => list.status === 'rejected')) throw refused.reason;
	return lists.flatMap(list => (list.status === 'fulfilled' ? list.value : []));
}

async function listAll(transport: Transport, path: string, signal: AbortSignal): Promise<readonly unknown[]> {
	const items: unknown[] = [];
	for (let token: string | undefined = ''; token !== undefined; ) {
		const query = {limit: pageSize, ...(token === '' ? {} : {continue: token})};
		const answer = await transport.request({path, query, accept: 'application/json'}, signal);
		// `as`: a list endpoint answers with a list, or the request has failed.
		const list = jsonOf(answer, 'Could not read who has rights') as RbacList;
		items.push(...list.items);
		token = list.metadata?.continue || undefined;
	}
	return items;
}
