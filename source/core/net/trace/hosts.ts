import type {ClusterView} from '../../check.ts';
import {listAt, textAt} from '../../field.ts';
import type {KubeObject} from '../../kubernetes.ts';
import type {IngressBackend, IngressPath, NetIngress} from '../net-objects.ts';

/** How well a host pattern fits: 2 exactly, 1 by its wildcard, 0 any host, undefined not at all. */
export function hostFit(pattern: string | undefined, host: string, wildcard: 'one-label' | 'many-labels'): number | undefined {
	if (pattern === undefined || pattern === '' || pattern === '*') return 0;
	const lower = pattern.toLowerCase();
	if (lower === host) return 2;
	if (!lower.startsWith('*.') || !host.endsWith(lower.slice(1))) return undefined;
	const covered = host.slice(0, -lower.slice(1).length);
	return covered === '' || (wildcard === 'one-label' && covered.includes('.')) ? undefined : 1;
}

export type IngressMatch = Readonly<{backend: IngressBackend; rule?: number; path?: number; text: string}>;

/** Which backend an Ingress has for a host and path: host exact before wildcard (of one label), path Exact before the longest Prefix before the rest; else its default. */
export function matchIngress({spec}: NetIngress, host: string | undefined, path: string): IngressMatch | undefined {
	const rules = (spec?.rules ?? []).flatMap((rule, index) => {
		const fit = host === undefined ? 0 : hostFit(rule.host, host, 'one-label');
		return fit === undefined ? [] : [{rule, index, fit}];
	});
	const best = Math.max(-1, ...rules.map(({fit}) => fit));
	const paths = rules
		.filter(({fit}) => fit === best)
		.flatMap(({rule, index}) => (rule.http?.paths ?? []).map((one, number) => ({one, number, index, rank: pathRank(one, path)})))
		.filter(({rank}) => rank >= 0)
		.toSorted((a, b) => b.rank - a.rank);
	const [first] = paths;
	if (first)
		return {
			backend: first.one.backend,
			rule: first.index,
			path: first.number,
			text: `path ${first.one.path ?? '/'} ${first.one.pathType ?? 'ImplementationSpecific'}`,
		};
	return spec?.defaultBackend ? {backend: spec.defaultBackend, text: 'defaultBackend'} : undefined;
}

const exactRank = 1_000_000;

/** Higher is nearer; -1: it does not match. Prefix goes by whole elements; what ImplementationSpecific means is the controller's to say: taken as a prefix of text. */
function pathRank({path = '/', pathType}: IngressPath, wanted: string): number {
	if (pathType === 'Exact') return path === wanted ? exactRank : -1;
	const prefix = path.replace(/\/$/, '');
	if (pathType === 'Prefix') return prefix === '' || wanted === prefix || wanted.startsWith(`${prefix}/`) ? 1000 + prefix.length : -1;
	return wanted.startsWith(prefix) ? prefix.length : -1;
}

/** The Ingress that serves a host; of several the one whose rule fits best and that has the path. One without a host is only meant by its name. */
export function ingressOfHost(ingresses: readonly NetIngress[], host: string, path: string): NetIngress | undefined {
	const fitting = ingresses.flatMap(ingress => {
		const fit = Math.max(-1, ...(ingress.spec?.rules ?? []).map(rule => hostFit(rule.host, host, 'one-label') ?? -1));
		return fit < 1 ? [] : [{ingress, rank: fit * 2 + (matchIngress(ingress, host, path) ? 1 : 0)}];
	});
	return fitting.toSorted((a, b) => b.rank - a.rank)[0]?.ingress;
}

const routeKinds = ['httproutes.gateway.networking.k8s.io', 'grpcroutes.gateway.networking.k8s.io'];

/** Routes whose hostnames fit, the best first; with a Gateway only those that name it as a parent. */
export function routesOfHost(view: ClusterView, host: string | undefined, gateway?: KubeObject): readonly KubeObject[] {
	return routeKinds
		.flatMap(kind => view.all(kind))
		.filter(route => !gateway || parentsOf(route).some(parent => parent.name === gateway.metadata.name && parent.namespace === gateway.metadata.namespace))
		.flatMap(route => {
			const names = listAt(route, 'spec', 'hostnames').map(String);
			const fit = host === undefined ? 0 : Math.max(-1, ...names.map(name => hostFit(name, host, 'many-labels') ?? -1));
			return host !== undefined && fit < 1 ? [] : [{route, fit}];
		})
		.toSorted((a, b) => b.fit - a.fit)
		.map(({route}) => route);
}

export type RouteParent = Readonly<{name: string; namespace: string; sectionName?: string}>;

/** The Gateways a route asks to be attached to. */
export function parentsOf(route: KubeObject): readonly RouteParent[] {
	return listAt(route, 'spec', 'parentRefs').flatMap(parent => {
		const [name, kind = 'Gateway', sectionName] = [textAt(parent, 'name'), textAt(parent, 'kind'), textAt(parent, 'sectionName')];
		if (name === undefined || kind !== 'Gateway') return [];
		return [{name, namespace: textAt(parent, 'namespace') ?? route.metadata.namespace ?? '', ...(sectionName === undefined ? {} : {sectionName})}];
	});
}
