import type {ClusterView} from '../check.ts';
import {listAt, numberAt, textAt} from '../field.ts';
import type {KubeObject, Ref} from '../kubernetes.ts';
import type {IngressBackend, NetIngress} from './net-objects.ts';
import {refOf} from './trace/cluster-index.ts';

/** One line of an Ingress or a route that leads to a Service. */
export type EntryBackend = Readonly<{
	object: KubeObject;
	ref: Ref;
	/** `shop.example.com/cart`, `*` for any host; `default backend`. */
	title: string;
	/** Where in the object: `spec.rules[0].http.paths[1].backend`. */
	path: string;
	namespace: string;
	service: string;
	/** Number or name; undefined: none is given. */
	port: number | string | undefined;
}>;

export const routeKinds = ['httproutes.gateway.networking.k8s.io', 'grpcroutes.gateway.networking.k8s.io'] as const;

/** Where Ingresses lead. Backends that are no Services (`resource`) are their controller's business. */
export function ingressBackends(view: ClusterView): readonly EntryBackend[] {
	return view.all<NetIngress>('ingresses.networking.k8s.io').flatMap(ingress => {
		const {spec} = ingress;
		const paths = (spec?.rules ?? []).flatMap(({host, http}, rule) =>
			(http?.paths ?? []).map(({path, backend}, index) => ({
				title: `${host ?? '*'}${path ?? '/'}`,
				path: `spec.rules[${rule}].http.paths[${index}].backend`,
				backend,
			})),
		);
		const fallback = spec?.defaultBackend ? [{title: 'default backend', path: 'spec.defaultBackend', backend: spec.defaultBackend}] : [];
		return [...fallback, ...paths].flatMap(({title, path, backend}) => toService(ingress, title, path, backend));
	});
}

function toService(object: KubeObject, title: string, path: string, backend: IngressBackend | undefined): readonly EntryBackend[] {
	const service = textAt(backend, 'service', 'name');
	if (service === undefined) return [];
	const port = numberAt(backend, 'service', 'port', 'number') ?? textAt(backend, 'service', 'port', 'name');
	return [{object, ref: refOf(object), title, path, namespace: object.metadata.namespace ?? '', service, port}];
}

/** Where routes of the Gateway API lead, as far as it is to Services. */
export function routeBackends(view: ClusterView): readonly EntryBackend[] {
	return routeKinds
		.flatMap(kind => view.all(kind))
		.flatMap(route => {
			const host = listAt(route, 'spec', 'hostnames').map(String)[0] ?? '*';
			return listAt(route, 'spec', 'rules').flatMap((rule, at) =>
				listAt(rule, 'backendRefs').flatMap((backend, index) => {
					const [name, kind = 'Service'] = [textAt(backend, 'name'), textAt(backend, 'kind')];
					if (name === undefined || kind !== 'Service' || textAt(backend, 'group') !== undefined) return [];
					const path = textAt(listAt(rule, 'matches')[0], 'path', 'value') ?? '/';
					const namespace = textAt(backend, 'namespace') ?? route.metadata.namespace ?? '';
					const port = numberAt(backend, 'port');
					return [{object: route, ref: refOf(route), title: `${host}${path}`, path: `spec.rules[${at}].backendRefs[${index}]`, namespace, service: name, port}];
				}),
			);
		});
}

/** The Services that somebody outside is led to, as `namespace/name`. */
export function routedServices(view: ClusterView): ReadonlySet<string> {
	return new Set([...ingressBackends(view), ...routeBackends(view)].map(({namespace, service}) => `${namespace}/${service}`));
}
