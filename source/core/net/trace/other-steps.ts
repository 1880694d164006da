import {conditionIs} from '../../conditions.ts';
import {nearest} from '../../nearest.ts';
import {evaluatePolicy} from '../policy/evaluate-policy.ts';
import {policyWorld} from '../policy/policy-world.ts';
import {fact} from '../fault.ts';
import type {NetNode, NetPod} from '../net-objects.ts';
import {type ClusterIndex, podAddresses, refOf, titleOf} from './cluster-index.ts';
import {type DraftStep, traceFinding} from './draft.ts';
import type {Located} from './locate.ts';
import {podTrouble} from './pod-trouble.ts';

/** The pod itself as the destination: has it an address, and does its program run? */
export function podStep(
	pod: NetPod,
	{port, hostPort, index}: Readonly<{port: string | undefined; hostPort: number | undefined; index: ClusterIndex}>,
): DraftStep {
	const ref = refOf(pod);
	const trouble = podTrouble(pod);
	const [address] = podAddresses(pod);
	const node = index.node(pod.spec?.nodeName);
	const evidence = [
		`${address ?? 'no address yet'}${pod.spec?.nodeName === undefined ? '' : ` on ${pod.spec.nodeName}`}  ${trouble}`,
		...(hostPort === undefined ? [] : [`hostPort ${hostPort} -> container port ${port ?? ''}`]),
		...(pod.spec?.hostNetwork === true ? ["it is in the network of its node: its address is the node's"] : []),
		...(node && !conditionIs(node.status?.conditions, 'Ready', 'True') ? [`node ${node.metadata.name} is not ready`] : []),
	];
	const isRunning = pod.status?.phase === 'Running' && address !== undefined;
	if (isRunning) return {title: `Pod ${titleOf(pod)}`, state: trouble.startsWith('ready') ? 'ok' : 'warning', evidence, ref};
	return {
		title: `Pod ${titleOf(pod)}`,
		state: 'broken',
		evidence,
		ref,
		outcome: 'no-endpoints',
		symptom: 'a timeout or no route to host',
		findings: [
			traceFinding({
				id: 'POD_NOT_RUNNING',
				confidence: 'proven',
				subject: ref,
				title: `Pod ${titleOf(pod)} does not run: ${trouble}`,
				evidence: [fact(ref, 'status.phase', pod.status?.phase ?? 'unknown')],
				remedy: [{text: 'See why', command: `kubectl -n ${ref.namespace ?? ''} describe pod ${ref.name}`, changes: false}],
			}),
		],
	};
}

/** Something that was named by its kind and does not exist. */
export function noObjectStep({kind, name, namespace, apiVersion}: Extract<Located, {type: 'no-object'}>, index: ClusterIndex): DraftStep {
	const plural =
		kind === 'Pod'
			? 'pods'
			: kind === 'Node'
				? 'nodes'
				: kind === 'Ingress'
					? 'ingresses.networking.k8s.io'
					: kind === 'Gateway'
						? 'gateways.gateway.networking.k8s.io'
						: 'httproutes.gateway.networking.k8s.io';
	const names = index.view.all(plural).filter(({metadata}) => namespace === undefined || metadata.namespace === namespace);
	const near = nearest(
		name,
		names.map(({metadata}) => metadata.name),
	);
	const subject = {apiVersion, kind, name, ...(namespace === undefined ? {} : {namespace})};
	const where = namespace === undefined ? '' : ` in ${namespace}`;
	const title = `there is no ${kind} ${name}${where}${near === undefined ? '' : `; nearest: ${near}`}`;
	const flag = namespace === undefined ? '' : `-n ${namespace} `;
	return {
		title: kind,
		state: 'broken',
		evidence: [title],
		outcome: 'name-unresolved',
		symptom: 'there is nothing to connect to',
		findings: [
			traceFinding({
				id: 'NAME_UNRESOLVED',
				confidence: 'proven',
				subject,
				title,
				evidence: [fact(subject, plural, `${names.length} of them, none of this name`)],
				remedy: [{text: 'See what there is', command: `kubectl ${flag}get ${plural}`, changes: false}],
			}),
		],
	};
}

/** A node's own port on which nothing of the cluster listens. */
export function noPortStep(node: NetNode, port: string | undefined): DraftStep {
	const ref = refOf(node);
	const title =
		port === undefined
			? `name the port on node ${node.metadata.name}`
			: `nothing in the cluster listens on port ${port} of node ${node.metadata.name}: no NodePort, no hostPort, no pod in its network`;
	return {
		title: `Node ${node.metadata.name}`,
		state: 'broken',
		evidence: [title],
		ref,
		outcome: 'port-unmatched',
		symptom: 'connection refused, unless a program of the node itself listens',
		findings: [
			traceFinding({
				id: 'PORT_UNMATCHED',
				severity: 'warning',
				subject: ref,
				part: port ?? '',
				title,
				evidence: [fact(ref, 'services, pods', 'no node port, host port or host network port of this number')],
				remedy: [{text: 'See which node ports there are', command: 'kubectl get services -A', changes: false}],
			}),
		],
	};
}

/** Beyond the cluster: the name is the upstream's to answer, and only the client's own policies can be evaluated. */
export function outsideSteps(
	{host, isAddress, port}: Readonly<{host: string; isAddress: boolean; port?: string}>,
	from: NetPod | undefined,
	index: ClusterIndex,
): readonly DraftStep[] {
	const why = 'it is outside the cluster: only a probe can tell';
	const name: readonly DraftStep[] = isAddress ? [] : [{title: 'DNS', state: 'unknown', evidence: [`${host} is no name of the cluster: its upstream answers`]}];
	const beyond: DraftStep = {title: 'Outside', state: 'unknown', evidence: [`${host}: ${why}`], outcome: 'unknown', notChecked: [{what: host, why}]};
	if (!from) return [...name, beyond];
	const number = Number(port);
	const answer = evaluatePolicy(policyWorld(index.view), {
		from: {kind: 'pod', pod: from},
		to: isAddress ? {kind: 'address', address: host} : {kind: 'internet'},
		protocol: 'TCP',
		...(port === undefined || Number.isNaN(number) ? {} : {port: number}),
	});
	const policy: DraftStep = {
		title: 'Policy',
		state: answer.verdict === 'allow' ? 'ok' : answer.verdict === 'deny' ? 'warning' : 'unknown',
		evidence: [`egress of ${titleOf(from)}: ${answer.egress.reason}`],
	};
	return [...name, policy, beyond];
}
