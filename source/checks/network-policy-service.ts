import type {Check, ClusterView} from '../core/check.ts';
import type {Evidence, Finding} from '../core/finding.ts';
import type {KubeObject} from '../core/kubernetes.ts';
import type {ProbeCell} from '../core/net/cell.ts';
import {controllerPods} from '../core/net/ingress-controllers.ts';
import {type EntryBackend, ingressBackends} from '../core/net/entry-backends.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetIngress, NetPod} from '../core/net/net-objects.ts';
import {evaluatePolicy} from '../core/net/policy/evaluate-policy.ts';
import type {PolicyAnswer, PolicyProtocol} from '../core/net/policy/policy-answer.ts';
import {policyEnforcer} from '../core/net/policy/policy-enforcer.ts';
import {policyWorld, type PolicyWorld} from '../core/net/policy/policy-world.ts';
import {type ServiceFacts, serviceFacts} from '../core/net/service-facts.ts';
import {resolveTarget, targetPortOf} from '../core/net/trace/service-port.ts';

/** diagnosis.md 2.3, check 34: only what an Ingress leads to is raised unasked; other pairs are the Policy tab's and the tracer's. */
export const networkPolicyService: Check = {
	ids: ['NP_BLOCKS_SERVICE'],
	title: 'policies let Ingress controllers reach what they lead to',
	family: 'NetworkPolicy',
	reads: ['networkpolicies.networking.k8s.io', 'pods', 'services', 'ingresses.networking.k8s.io'],
	graceMs: 0,
	*run(view) {
		if (view.all('networkpolicies.networking.k8s.io').length === 0) return;
		const services = new Map(serviceFacts(view).map(facts => [facts.title, facts]));
		const world = policyWorld(view);
		const told = new Set<string>();
		for (const backend of ingressBackends(view)) {
			const facts = services.get(`${backend.namespace}/${backend.service}`);
			// Ingresses are NetIngress by their kind.
			const controllers = controllerPods(view, backend.object as NetIngress).pods;
			if (!facts || controllers.length === 0) continue;
			const finding = judgeBackend(view, world, {backend, facts, controllers});
			if (finding && !told.has(finding.key)) {
				told.add(finding.key);
				yield finding;
			}
		}
	},
};

type Place = Readonly<{backend: EntryBackend; facts: ServiceFacts; controllers: readonly NetPod[]}>;
type Denied = Readonly<{pod: NetPod; port: number; answer: PolicyAnswer}>;

/** A fault where every pod behind the Service refuses every controller pod that was asked about. */
function judgeBackend(view: ClusterView, world: PolicyWorld, place: Place): Finding | undefined {
	const {facts, controllers, backend} = place;
	const port = (facts.service.spec?.ports ?? []).find(one => one.port === backend.port || one.name === backend.port) ?? facts.service.spec?.ports?.[0];
	const [sender] = controllers;
	if (!port || !sender) return undefined;
	const protocol: PolicyProtocol = port.protocol === 'UDP' || port.protocol === 'SCTP' ? port.protocol : 'TCP';
	const denied: Denied[] = [];
	for (const pod of facts.pods.slice(0, 20)) {
		const number = resolveTarget(pod, targetPortOf(port), protocol);
		if (number === undefined) return undefined;
		const answer = evaluatePolicy(world, {from: {kind: 'pod', pod: sender}, to: {kind: 'pod', pod}, protocol, port: number});
		if (answer.verdict !== 'deny') return undefined;
		denied.push({pod, port: number, answer});
	}
	const [first] = denied;
	return first && blocked(view, place, first, sender);
}

function blocked(view: ClusterView, {backend, facts}: Place, {answer, port, pod}: Denied, sender: NetPod): Finding {
	const side = answer.ingress.verdict === 'deny' ? answer.ingress : answer.egress;
	const [policy] = side.policies;
	const names = side.policies.map(({namespace, name}) => `${namespace ?? ''}/${name}`).join(', ');
	const who = `${sender.metadata.namespace ?? ''}/${sender.metadata.name}`;
	const confirmed = isConfirmed(view, facts, sender);
	const enforcer = policyEnforcer(view);
	const isDoubtful = enforcer.state === 'not-enforced' && !confirmed;
	const doubt: readonly Evidence[] =
		enforcer.state === 'not-enforced' ? [fact(facts.ref, 'network plugin', `${enforcer.cni} does not enforce policies: they may have no effect`)] : [];
	return fault({
		id: 'NP_BLOCKS_SERVICE',
		family: 'NetworkPolicy',
		severity: confirmed ? 'critical' : isDoubtful ? 'info' : 'warning',
		confidence: confirmed ? 'proven' : isDoubtful || enforcer.state === 'unknown' ? 'possible' : 'likely',
		subject: facts.ref,
		part: `${sender.metadata.namespace ?? ''} ingress`,
		title: `NetworkPolicy ${names} does not let the Ingress controller (${sender.metadata.namespace ?? ''}) reach Service ${facts.title}, to which ${backend.title} leads`,
		evidence: [
			fact(policy ?? facts.ref, answer.ingress === side ? 'ingress' : 'egress', `${side.reason}; asked: ${who} to ${pod.metadata.name} port ${port}`),
			...(side.nearest
				? [fact(side.nearest.policy, side.nearest.rule < 0 ? 'spec' : `rule ${side.nearest.rule}: ${side.nearest.text}`, side.nearest.miss)]
				: []),
			...doubt,
		],
		remedy: [
			{text: 'Admit the controller', command: applyLine(facts, sender, port), changes: true},
			...(policy
				? [{text: 'See what the policy admits', command: `kubectl -n ${policy.namespace ?? ''} describe networkpolicy ${policy.name}`, changes: false}]
				: []),
		],
	});
}

/** A probe from the controller's pod to one behind the Service that ran into a timeout. */
function isConfirmed(view: ClusterView, {pods}: ServiceFacts, sender: KubeObject): boolean {
	return view
		.observed<ProbeCell>('tcp-connect')
		.some(
			one =>
				one.outcome === 'ok' &&
				one.facts.transport === 'timeout' &&
				one.facts.from.pod === sender.metadata.name &&
				pods.some(({metadata}) => metadata.name === one.facts.to.pod),
		);
}

/** The smallest policy that lets it in, as one line for a shell. */
function applyLine({service, selector}: ServiceFacts, sender: NetPod, port: number): string {
	const policy = {
		apiVersion: 'networking.k8s.io/v1',
		kind: 'NetworkPolicy',
		metadata: {name: `allow-ingress-to-${service.metadata.name}`, namespace: service.metadata.namespace},
		spec: {
			podSelector: {matchLabels: selector},
			ingress: [{from: [{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': sender.metadata.namespace}}}], ports: [{port}]}],
		},
	};
	return `kubectl apply -f - <<< '${JSON.stringify(policy)}'`;
}
