import {fact} from '../fault.ts';
import type {NetService} from '../net-objects.ts';
import {parseIp} from '../policy/ip-address.ts';
import {type ClusterIndex, isHeadless, refOf, serviceAddresses, titleOf} from './cluster-index.ts';
import {type DraftStep, traceFinding} from './draft.ts';
import type {ServiceEntry} from './locate.ts';
import {type PortChoice, portTitle, targetPortOf} from './service-port.ts';

/** The Service itself: its address, the port that is asked for, and what it promises about the way. */
export function serviceStep(service: NetService, choice: PortChoice): DraftStep {
	const {spec = {}} = service;
	const ref = refOf(service);
	const title = `Service ${titleOf(service)}`;
	const address = isHeadless(service) ? 'headless' : `${spec.type ?? 'ClusterIP'} ${serviceAddresses(service).join(', ')}`;
	const selector = Object.entries(spec.selector ?? {}).map(([key, value]) => `${key}=${value}`);
	const manners = [selector.length > 0 ? `selector ${selector.join(',')}` : 'no selector: its endpoints are written by somebody else', ...traits(service)];
	if (!choice.port) return wrongPort(service, choice.wanted, [`${address}`, ...manners]);
	const {port} = choice;
	const target = isHeadless(service)
		? `port ${portTitle(port)}: clients connect to the pod itself`
		: `port ${portTitle(port)} -> targetPort ${targetPortOf(port)}`;
	const differs = isHeadless(service) && Number(targetPortOf(port)) !== port.port;
	return {
		title,
		state: differs ? 'warning' : 'ok',
		evidence: [
			`${address}  ${target}`,
			...(differs ? [`a headless Service translates no port: whoever connects to ${port.port} does not get to ${targetPortOf(port)}`] : []),
			...manners,
			...(port.appProtocol === undefined ? [] : [`appProtocol ${port.appProtocol}`]),
			...(port.protocol === 'SCTP' ? ['SCTP needs a network plugin that carries it: not verified'] : []),
			...('note' in choice && choice.note !== undefined ? [choice.note] : []),
		],
		ref,
		...(port.protocol === 'SCTP' ? {notChecked: [{what: 'SCTP', why: 'whether the network plugin and the kernel carry it cannot be read'}]} : {}),
	};
}

function traits({spec = {}}: NetService): readonly string[] {
	const seconds = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800;
	return [
		...(spec.sessionAffinity === 'ClientIP' ? [`session affinity ClientIP for ${seconds} s: a client sticks to one endpoint, which one is not known`] : []),
		...(spec.publishNotReadyAddresses === true ? ['publishNotReadyAddresses: pods that are not ready are sent to as well'] : []),
		...((spec.ipFamilies?.length ?? 0) > 1 ? [`families ${spec.ipFamilies?.join(', ')} (${spec.ipFamilyPolicy ?? ''})`] : []),
	];
}

function wrongPort(service: NetService, wanted: string, evidence: readonly string[]): DraftStep {
	const ref = refOf(service);
	const ports = (service.spec?.ports ?? []).map(portTitle);
	const has = ports.length === 0 ? 'it has no ports' : `it has ${ports.join(', ')}`;
	return {
		title: `Service ${titleOf(service)}`,
		state: 'broken',
		evidence: [`there is no port ${wanted}: ${has}`, ...evidence],
		ref,
		outcome: 'port-unmatched',
		symptom: 'a timeout, or connection refused, by how kube-proxy treats unknown ports of a Service address',
		findings: [
			traceFinding({
				id: 'PORT_UNMATCHED',
				confidence: 'proven',
				subject: ref,
				part: wanted,
				title: `Service ${titleOf(service)} has no port ${wanted}: ${has}`,
				evidence: [fact(ref, 'spec.ports', ports.join(', '))],
				remedy: [
					{
						text: 'Ask for a port that it has',
						command: `kubectl -n ${ref.namespace ?? ''} get service ${ref.name} -o jsonpath='{.spec.ports}'`,
						changes: false,
					},
				],
			}),
		],
	};
}

/** How traffic of outside gets in: a port of every node, a load balancer, an external address; nothing for the Service's own address. */
export function entryStep(
	service: NetService,
	entry: ServiceEntry,
	{index, isOutside}: Readonly<{index: ClusterIndex; isOutside: boolean}>,
): DraftStep | undefined {
	const ref = refOf(service);
	const {spec = {}, status} = service;
	const ranges = spec.loadBalancerSourceRanges ?? [];
	const ranged = ranges.length === 0 ? [] : [`loadBalancerSourceRanges ${ranges.join(', ')}: other clients are dropped`];
	if (entry.type === 'cluster-ip') return isOutside && spec.type === 'LoadBalancer' ? balancerStep(service) : undefined;
	if (entry.type === 'load-balancer') {
		const mode = status?.loadBalancer?.ingress?.find(({ip, hostname}) => ip === entry.address || hostname === entry.address)?.ipMode;
		const inside = isOutside
			? 'the load balancer itself is outside of what can be read'
			: mode === 'Proxy'
				? 'ipMode Proxy: pods go out to the load balancer too'
				: 'pods inside the cluster are sent on by kube-proxy at once';
		return {title: 'LoadBalancer', state: isOutside ? 'unknown' : 'ok', evidence: [`${entry.address} of ${titleOf(service)}`, inside, ...ranged], ref};
	}
	if (entry.type !== 'node-port')
		return {title: 'External IP', state: 'ok', evidence: [`${entry.address} in spec.externalIPs: the network must bring it to a node`], ref};
	const port = spec.ports?.find(({nodePort}) => nodePort !== undefined)?.nodePort;
	const limits = nodePortAddresses(index);
	const asked = entry.address ?? entry.node?.status?.addresses?.find(({type}) => type === 'InternalIP')?.address;
	const node = entry.node ? `node ${entry.node.metadata.name}${asked === undefined ? '' : ` ${asked}`}` : 'every node';
	return {
		title: 'NodePort',
		state: limits.length > 0 ? 'unknown' : 'ok',
		evidence: [
			`${node}, port ${port ?? 'of the Service'}`,
			...(limits.length > 0 ? [`kube-proxy listens on ${limits.join(', ')} only (nodePortAddresses)`] : []),
		],
		ref,
	};
}

function balancerStep(service: NetService): DraftStep {
	const ref = refOf(service);
	const given = service.status?.loadBalancer?.ingress ?? [];
	if (given.length > 0) return {title: 'LoadBalancer', state: 'ok', evidence: [given.map(({ip, hostname}) => ip ?? hostname).join(', ')], ref};
	const kind = service.spec?.loadBalancerClass;
	return {
		title: 'LoadBalancer',
		state: 'broken',
		evidence: ['no address: no controller has given it one'],
		ref,
		outcome: 'refused-entry',
		symptom: 'there is no address to connect to',
		findings: [
			traceFinding({
				id: 'LB_PENDING',
				severity: 'warning',
				confidence: 'proven',
				subject: ref,
				title: `Service ${titleOf(service)} has no load balancer address${kind === undefined ? '' : ` (loadBalancerClass ${kind})`}`,
				evidence: [fact(ref, 'status.loadBalancer.ingress', 'empty')],
				remedy: [{text: 'See what its controller says', command: `kubectl -n ${ref.namespace ?? ''} describe service ${ref.name}`, changes: false}],
			}),
		],
	};
}

/** `nodePortAddresses` of kube-proxy's ConfigMap; `primary` and nothing at all are no limit that matters here. */
function nodePortAddresses({view}: ClusterIndex): readonly string[] {
	const [config] = view.all('configmaps').filter(({metadata}) => metadata.name === 'kube-proxy' && metadata.namespace === 'kube-system');
	const text = config === undefined ? '' : Object.values((config as {data?: Readonly<Record<string, string>>}).data ?? {}).join('\n');
	const block = /^nodePortAddresses:[ \t]*(\[[^\]]*\]|(?:\n[ \t]*- .*)+)/m.exec(text)?.[1] ?? '';
	return [...block.matchAll(/[0-9a-f.:]+\/\d+/gi)].map(([range]) => range);
}

/** ExternalName: an alias and nothing else. `next`: the Service of the cluster that it leads to. */
export function externalNameStep(service: NetService, index: ClusterIndex): Readonly<{step: DraftStep; next?: NetService}> {
	const ref = refOf(service);
	const name = (service.spec?.externalName ?? '').replace(/\.$/, '');
	const suffix = `.svc.${index.view.clusterDomain}`;
	const [target = '', namespace = ''] = name.endsWith(suffix) ? name.slice(0, -suffix.length).split('.') : [];
	const next = target === '' ? undefined : index.service(namespace, target);
	const wrong =
		wrongAlias(name) ??
		(target !== '' && !next && index.readable('services', namespace) === 'ready' ? `there is no Service ${namespace}/${target}` : undefined);
	const title = `Service ${titleOf(service)}`;
	const evidence = [
		`ExternalName ${name}: an alias in DNS, its ports count for nothing`,
		'the client sends this name as Host and SNI, not the one it asked for',
	];
	if (wrong === undefined) return {step: {title, state: 'ok', evidence, ref}, ...(next ? {next} : {})};
	return {
		step: {
			title,
			state: 'broken',
			evidence: [`${name}: ${wrong}`, ...evidence],
			ref,
			outcome: 'name-unresolved',
			symptom: 'the name is not found',
			findings: [
				traceFinding({
					id: 'SVC_EXTERNALNAME_BAD',
					severity: 'warning',
					confidence: 'proven',
					subject: ref,
					title: `Service ${titleOf(service)}: ExternalName ${name}: ${wrong}`,
					evidence: [fact(ref, 'spec.externalName', name)],
					remedy: [
						{text: 'Name a host', command: `kubectl -n ${ref.namespace ?? ''} patch service ${ref.name} -p '{"spec":{"externalName":"HOST"}}'`, changes: true},
					],
				}),
			],
		},
	};
}

function wrongAlias(name: string): string | undefined {
	if (parseIp(name)) return 'it is an address, and DNS takes it for a name';
	return /[/:]/.test(name) ? 'it is no host name: it has a scheme, a port or a path' : undefined;
}
