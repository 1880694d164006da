import {policyEnforcer} from '../policy/policy-enforcer.ts';
import {evaluatePolicy} from '../policy/evaluate-policy.ts';
import type {PolicyAnswer, PolicyEnd, PolicyProtocol, PolicySide} from '../policy/policy-answer.ts';
import {type PolicyWorld, policyWorld} from '../policy/policy-world.ts';
import {fact} from '../fault.ts';
import type {Ref} from '../../kubernetes.ts';
import type {NetPod} from '../net-objects.ts';
import {type ClusterIndex, titleOf} from './cluster-index.ts';
import {atMost, type DraftStep, traceFinding} from './draft.ts';
import type {TraceEndpoint} from './trace.ts';

/** Who sends, as policies see it: a pod, a controller's pod that passes requests on, or the world. */
export type Sender = Readonly<{end: PolicyEnd; title: string}>;

type Place = Readonly<{sender: Sender; subject: Ref; destination: string; index: ClusterIndex}>;

/** Each endpoint that is used, with what the policies of both ends say. */
export function withPolicies(endpoints: readonly TraceEndpoint[], sender: Sender, index: ClusterIndex): readonly TraceEndpoint[] {
	let world: PolicyWorld | undefined;
	return endpoints.map(endpoint => {
		if (!endpoint.used) return endpoint;
		world ??= policyWorld(index.view);
		const to = receiver(endpoint, index);
		return {
			...endpoint,
			policy: evaluatePolicy(world, {from: sender.end, to, protocol: protocolOf(endpoint), ...(endpoint.port === undefined ? {} : {port: endpoint.port})}),
		};
	});
}

function receiver({pod, address}: TraceEndpoint, index: ClusterIndex): PolicyEnd {
	if (pod) return {kind: 'pod', pod};
	const node = index.nodeOfAddress(address);
	return node ? {kind: 'node', node} : {kind: 'address', address};
}

/** Protocols of the API are these three; anything else is asked as TCP. */
function protocolOf({protocol}: TraceEndpoint): PolicyProtocol {
	return protocol === 'UDP' || protocol === 'SCTP' ? protocol : 'TCP';
}

/** How a line of evidence ends that probes settle. */
export const untilProbed = ', so they may have no effect: a probe tells';

/** What policies make of the way. A denial counts as a break unless the network plugin is known to ignore policies. */
export function policyStep(endpoints: readonly TraceEndpoint[], {sender, subject, destination, index}: Place): DraftStep {
	const asked = endpoints.flatMap(({used, policy, ...rest}) => (used && policy ? [{...rest, policy}] : []));
	if (asked.length === 0) return {title: 'Policy', state: 'unknown', evidence: ['not evaluated: there is nobody to send to']};
	const denied = asked.filter(({policy}) => policy.verdict === 'deny');
	const unknown = asked.filter(({policy}) => policy.verdict === 'unknown');
	const lines = atMost(
		[
			...new Set(
				asked.map(
					({policy, pod, address, port}) =>
						`${policy.verdict === 'allow' ? '+' : policy.verdict === 'deny' ? 'X' : '?'} ${pod?.metadata.name ?? address}:${port ?? '?'}  ${shortReason(policy)}`,
				),
			),
		],
		6,
	);
	if (denied.length === 0 && unknown.length === 0) return {title: 'Policy', state: 'ok', evidence: [`${sender.title} is allowed`, ...lines]};
	if (denied.length === 0) {
		const why = unknown[0]?.policy.reasons[0] ?? 'it cannot be told';
		return {
			title: 'Policy',
			state: 'unknown',
			evidence: [`not certain for ${sender.title}`, ...lines],
			notChecked: [{what: `policies between ${sender.title} and ${destination}`, why}],
		};
	}
	const enforcer = policyEnforcer(index.view);
	const isIgnored = enforcer.state === 'not-enforced';
	const doubt = enforcer.state === 'not-enforced' ? [`${enforcer.cni} is not known to carry policies out${untilProbed}`] : [];
	const isWhole = denied.length === asked.length;
	const findings = deniedFindings(
		denied.map(({policy}) => policy),
		{sender, subject, destination, index},
		{isIgnored, isWhole},
	);
	return {
		title: 'Policy',
		state: isWhole && !isIgnored ? 'broken' : 'warning',
		evidence: [
			...(isWhole ? [`${sender.title} is denied`] : [`${sender.title} is denied by ${denied.length} of ${asked.length} endpoints`]),
			...doubt,
			...lines,
		],
		outcome: 'denied',
		symptom: 'a timeout, as a rule: policies drop',
		findings,
	};
}

function shortReason({egress, ingress, verdict}: PolicyAnswer): string {
	const telling = [ingress, egress].find(side => side.verdict === verdict) ?? ingress;
	return telling.reason;
}

/** The finding of a denial: on the receiver's side, or on the sender's. */
export function deniedFindings(answers: readonly PolicyAnswer[], place: Place, {isIgnored, isWhole}: Readonly<{isIgnored: boolean; isWhole: boolean}>) {
	const [answer] = answers;
	if (!answer) return [];
	const side = answer.ingress.verdict === 'deny' ? answer.ingress : answer.egress;
	const direction = side === answer.ingress ? 'ingress' : 'egress';
	const names = side.policies.map(({namespace, name}) => `${namespace ?? ''}/${name}`).join(', ');
	const [policy] = side.policies;
	return [
		traceFinding({
			id: 'NP_BLOCKS_SERVICE',
			severity: isIgnored ? 'info' : isWhole ? 'critical' : 'warning',
			confidence: isIgnored ? 'possible' : 'likely',
			subject: place.subject,
			part: place.sender.title,
			title: `NetworkPolicy ${names} lets ${place.sender.title} not reach ${place.destination}: ${side.reason}`,
			evidence: [fact(policy ?? place.subject, direction, side.reason), ...missOf(side)],
			remedy: policy
				? [{text: 'See what the policy admits', command: `kubectl -n ${policy.namespace ?? ''} describe networkpolicy ${policy.name}`, changes: false}]
				: [],
		}),
	];
}

function missOf({nearest}: PolicySide) {
	return nearest ? [fact(nearest.policy, nearest.rule < 0 ? 'spec' : `rule ${nearest.rule}`, nearest.miss)] : [];
}

/** A pod as the sender. */
export function podSender(pod: NetPod): Sender {
	return {end: {kind: 'pod', pod}, title: titleOf(pod)};
}

/** Anybody outside the cluster. */
export const outsideSender: Sender = {end: {kind: 'internet'}, title: 'a client outside the cluster'};
