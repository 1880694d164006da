import type {ClusterView} from '../../check.ts';
import type {ProbeDestination, ProbeSource} from '../cell.ts';
import {dnsCluster} from '../dns/dns-cluster.ts';
import {chooseSources} from './choose-sources.ts';
import {controlQuestions, factQuestion} from './common-questions.ts';
import {type DraftQuestion, plannedQuestions} from './draft-plan.ts';
import type {ProbePlan, ProbeWay} from './probe-plan.ts';
import {samplesFor} from './samples.ts';
import {isAskedBy, wayNote} from './sources-for-way.ts';

export type PathEndpoint = Readonly<{address: string; port: number; node?: string; namespace?: string; pod?: string}>;

/** What a traced path comes to, as far as it can be asked. */
export type PathTarget = Readonly<{
	/** `demo/web:80` */
	title: string;
	/** The whole name that the client would look up, with or without its final dot. */
	dnsName?: string;
	/** The address that is dialled; a headless Service has none. */
	service?: Readonly<{namespace: string; name: string; address: string; port: number}>;
	/** Where it leads to; an address of outside is one endpoint. */
	endpoints: readonly PathEndpoint[];
	/** It is HTTP: asked as such at the address that is dialled. */
	url?: Readonly<{path: string; host?: string}>;
}>;

export type PathPlanWish = Readonly<{view: ClusterView; from?: string; namespace?: string; target: PathTarget; way?: ProbeWay}>;

/** One more node tells a broken node from a broken Service; more only for pairs. */
const otherNodes = 3;
const mostEndpoints = 6;

/** R11 and R12 of diagnosis.md 4.3 for one path: name, Service address (sampled), each endpoint; from the client and from one pod on other nodes. */
export function planPath({view, from, namespace, target, way = 'exec'}: PathPlanWish): ProbePlan {
	const dns = dnsCluster(view);
	const chosen = chooseSources({
		view,
		...(from === undefined ? {} : {from}),
		...(namespace === undefined ? {} : {namespace}),
		dnsNodes: new Set(dns.endpoints.flatMap(({node}) => node ?? [])),
		otherNodes,
		nodeNetwork: false,
	});
	const {client} = chosen;
	if (client === undefined) return {title: `path to ${target.title}`, sources: [], questions: [], notes: chosen.notes};
	const left = target.endpoints.length - mostEndpoints;
	const sources = chosen.sources.filter(source => isAskedBy(way, source));
	const drafts = sources.flatMap(source => [
		...(source.role === 'A' ? nameQuestions(target, dns.ips[0], source) : []),
		...connectQuestions(target, source),
		...(source.role === 'B' ? [] : controlQuestions(view, dns, source, 5)),
		...(source.role === 'A' ? [factQuestion(source, 30)] : []),
	]);
	return plannedQuestions(`path from ${client.namespace}/${client.pod} to ${target.title}`, sources, drafts, [
		...chosen.notes,
		...wayNote(way),
		...(left > 0 ? [`${left} more endpoints are not asked one by one.`] : []),
		...(target.endpoints.length === 0 && target.service === undefined ? ['There is no address to connect to.'] : []),
	]);
}

function nameQuestions({dnsName}: PathTarget, dnsIp: string | undefined, from: ProbeSource): readonly DraftQuestion[] {
	if (dnsName === undefined || dnsIp === undefined) return [];
	const name = dnsName.endsWith('.') ? dnsName : `${dnsName}.`;
	return [
		{
			probe: 'dns-query',
			row: 'R2',
			from,
			to: {kind: 'dns-service', title: 'DNS Service', address: dnsIp, port: 53},
			protocol: 'udp',
			name,
			samples: 3,
			weight: 0,
		},
	];
}

function connectQuestions({service, endpoints, url}: PathTarget, from: ProbeSource): readonly DraftQuestion[] {
	const extra = from.role === 'A' ? 0 : from.role === 'B' ? 20 : 10;
	const isOwn = ({namespace, pod}: PathEndpoint): boolean => pod === from.pod && namespace === from.namespace;
	const connect = (row: 'R11' | 'R12', to: ProbeDestination, weight: number, samples = 1): DraftQuestion => ({
		probe: 'tcp-connect',
		row,
		from,
		to,
		protocol: 'tcp',
		samples,
		weight,
	});
	const drafts = endpoints.slice(0, mostEndpoints).map(endpoint => connect('R11', endpointOf(endpoint), extra + 1));
	if (service !== undefined) {
		const to: ProbeDestination = {kind: 'service', title: service.name, address: service.address, port: service.port, namespace: service.namespace};
		// A backend that asks its own Service meets itself now and then: the hairpin.
		drafts.unshift(connect(endpoints.some(isOwn) ? 'R12' : 'R11', to, extra, samplesFor(endpoints.length)));
	}
	const [dialled] = drafts;
	if (url !== undefined && dialled !== undefined && from.role === 'A')
		drafts.push({...dialled, row: 'R11', probe: 'http-get', name: url.path, ...(url.host === undefined ? {} : {host: url.host}), samples: 1, weight: 2});
	return drafts;
}

function endpointOf({address, port, node, namespace, pod}: PathEndpoint): ProbeDestination {
	return {
		kind: 'endpoint',
		title: pod ?? address,
		address,
		port,
		...(node === undefined ? {} : {node}),
		...(namespace === undefined ? {} : {namespace}),
		...(pod === undefined ? {} : {pod}),
	};
}
