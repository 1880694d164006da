import type {Check, ClusterView} from '../core/check.ts';
import {conditionOf} from '../core/conditions.ts';
import {coverageFinding} from '../core/diagnose/coverage.ts';
import type {Evidence, Finding, Remedy} from '../core/finding.ts';
import type {Ref} from '../core/kubernetes.ts';
import {distributionOf} from '../core/net/distribution.ts';
import {refTo} from '../core/net/dns/dns-cluster.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetNode} from '../core/net/net-objects.ts';
import {type NodePasswordFacts, nodeOfPassword, type NodeRefusalFacts} from '../core/net/server-facts.ts';
import type {Observation} from '../core/observation.ts';

const heading = {ids: ['NODE_K3S_PASSWORD'], title: 'k3s and RKE2 take their nodes', family: 'node'};

/**
 * diagnosis.md 2.9, check 103, and 1.4: k3s keeps a hash of each node's password in a Secret, and refuses a host that comes with another
 * one. Of the Secrets only their names are known. A refusal that was told proves it; a Secret alone is normal.
 */
export const nodeK3sPassword: Check = {
	...heading,
	reads: ['nodes'],
	graceMs: 0,
	*run(view) {
		const [passwords] = view.observed<NodePasswordFacts>('node-passwords');
		const [events] = view.observed<NodeRefusalFacts>('node-password-events');
		// Not asked for: no k3s, or a tab that does not look for it.
		if (!passwords && !events) return;
		const secrets = new Map(passwords?.outcome === 'ok' ? passwords.facts.secrets.map(name => [nodeOfPassword(name) ?? '', name]) : []);
		const refusals = events?.outcome === 'ok' ? events.facts.refusals : [];
		const nodes = new Map(view.all<NetNode>('nodes').map(node => [node.metadata.name.toLowerCase(), node]));
		const refused = new Set(refusals.map(({node}) => node.toLowerCase()));
		for (const one of refusals) yield refusal(view, one, {node: nodes.get(one.node.toLowerCase()), secret: secrets.get(one.node.toLowerCase())});
		for (const [name, secret] of secrets) {
			const node = nodes.get(name);
			if (refused.has(name)) continue;
			if (!node) yield withoutNode(view, name, secret);
			else if (conditionOf(node.status?.conditions, 'Ready')?.status === 'Unknown') yield silentNode(view, node, secret);
		}
		const unread = [passwords, events].flatMap(one => whyFailed(one) ?? []);
		if (unread.length > 0) yield coverageFinding(heading, unread.join('; '));
	},
};

function whyFailed(read: Observation | undefined): string | undefined {
	if (!read || read.outcome === 'ok') return undefined;
	return read.outcome === 'failed' ? `${read.problem.what}: ${read.problem.cause}` : `${read.probe} gave no answer in time`;
}

type Host = Readonly<{node: NetNode | undefined; secret: string | undefined}>;

function refusal(view: ClusterView, {node: name, message, at}: NodeRefusalFacts['refusals'][number], {node, secret}: Host): Finding {
	const subject: Ref = node ? refTo(node) : {apiVersion: 'v1', kind: 'Node', name};
	return fault({
		id: 'NODE_K3S_PASSWORD',
		family: 'node',
		severity: 'critical',
		confidence: 'proven',
		subject,
		title: `Node ${name}: the server refuses this host, its password is not the one that it registered with`,
		since: at,
		evidence: [fact(subject, 'event NodePasswordValidationFailed', message), ...stateOf(subject, node), ...(secret === undefined ? [] : [secretFact(secret)])],
		remedy: passwordRemedy(view, secret ?? `${name.toLowerCase()}.node-password.${programOf(view)}`),
	});
}

function silentNode(view: ClusterView, node: NetNode, secret: string): Finding {
	const subject = refTo(node);
	return fault({
		id: 'NODE_K3S_PASSWORD',
		family: 'node',
		severity: 'info',
		confidence: 'possible',
		subject,
		title: `Node ${subject.name} is silent: if its host was set up anew, its old password Secret keeps it out`,
		evidence: [...stateOf(subject, node), secretFact(secret)],
		remedy: passwordRemedy(view, secret),
	});
}

function withoutNode(view: ClusterView, name: string, secret: string): Finding {
	return fault({
		id: 'NODE_K3S_PASSWORD',
		family: 'node',
		severity: 'info',
		class: 'practice',
		confidence: 'possible',
		subject: {apiVersion: 'v1', kind: 'Secret', namespace: 'kube-system', name: secret},
		title: `Secret ${secret}: a host ${name} registered once, and there is no Node of this name`,
		evidence: [secretFact(secret)],
		remedy: passwordRemedy(view, secret),
	});
}

function stateOf(subject: Ref, node: NetNode | undefined): readonly Evidence[] {
	return [fact(subject, 'status.conditions[Ready]', node ? (conditionOf(node.status?.conditions, 'Ready')?.status ?? 'absent') : 'there is no such Node')];
}

function secretFact(name: string): Evidence {
	return fact({apiVersion: 'v1', kind: 'Secret', namespace: 'kube-system', name}, 'metadata.name', name);
}

function passwordRemedy(view: ClusterView, secret: string): readonly Remedy[] {
	return [
		{
			text: 'Only where the host was set up anew: let it register again',
			command: `kubectl -n kube-system delete secret ${secret}`,
			changes: true,
		},
		{
			text: 'Two hosts of one name: give one of them another name, or start its agent so that its name is its own',
			command: `${programOf(view)} agent --with-node-id`,
			changes: true,
		},
	];
}

function programOf(view: ClusterView): 'k3s' | 'rke2' {
	return distributionOf(view).name === 'rke2' ? 'rke2' : 'k3s';
}
