import {fieldAt, listAt, textAt} from '../field.ts';
import type {KubeObject} from '../kubernetes.ts';
import {labelsText} from '../label-selector.ts';
import {named, type RefReader, type RelatedRef, related} from './related-ref.ts';

const gatewayGroup = 'gateway.networking.k8s.io';
/** The label by which an EndpointSlice belongs to a Service (discovery/v1 LabelServiceName). */
const serviceNameLabel = 'kubernetes.io/service-name';

/** Of a Service: its pods, its EndpointSlices, the Ingresses and routes that lead to it. */
export const serviceRefs: RefReader = object => {
	const {namespace, name} = object.metadata;
	const labelSelector = labelsText(fieldAt(object, 'spec', 'selector'));
	return [
		...(labelSelector === '' ? [] : [related('selects', {group: '', kind: 'Pod', namespace}, {by: 'labels', labelSelector})]),
		related('endpoints', {group: 'discovery.k8s.io', kind: 'EndpointSlice', namespace}, {by: 'labels', labelSelector: `${serviceNameLabel}=${name}`}),
		related('backend of', {group: 'networking.k8s.io', kind: 'Ingress', namespace}, {by: 'naming'}),
		related('backend of', {group: gatewayGroup, kind: 'HTTPRoute', namespace}, {by: 'naming'}),
	];
};

/** Of an EndpointSlice: its Service and the objects behind its addresses. */
export const endpointSliceRefs: RefReader = object => {
	const {namespace, labels} = object.metadata;
	return [
		...named('service', {group: '', kind: 'Service', namespace}, labels?.[serviceNameLabel]),
		...listAt(object, 'endpoints').flatMap(endpoint => {
			const target = fieldAt(endpoint, 'targetRef');
			return named('endpoint', {group: '', kind: textAt(target, 'kind') ?? '', namespace: textAt(target, 'namespace') ?? namespace}, textAt(target, 'name'));
		}),
	];
};

/** Of an Ingress: its class, the Services it leads to, its TLS Secrets. */
export const ingressRefs: RefReader = object => {
	const {namespace} = object.metadata;
	const paths = listAt(object, 'spec', 'rules').flatMap(rule => listAt(rule, 'http', 'paths'));
	const backends = [fieldAt(object, 'spec', 'defaultBackend'), ...paths.map(path => fieldAt(path, 'backend'))];
	return [
		...named('class', {group: 'networking.k8s.io', kind: 'IngressClass'}, textAt(object, 'spec', 'ingressClassName')),
		...backends.flatMap(backend => named('backend', {group: '', kind: 'Service', namespace}, textAt(backend, 'service', 'name'))),
		...listAt(object, 'spec', 'tls').flatMap(tls => named('tls', {group: '', kind: 'Secret', namespace}, textAt(tls, 'secretName'))),
	];
};

/** Of a Gateway: its class, and the Secrets of its listeners. */
export const gatewayRefs: RefReader = object => [
	...named('class', {group: gatewayGroup, kind: 'GatewayClass'}, textAt(object, 'spec', 'gatewayClassName')),
	...listAt(object, 'spec', 'listeners')
		.flatMap(listener => listAt(listener, 'tls', 'certificateRefs'))
		.flatMap(reference => typedRef('tls', reference, object, {group: '', kind: 'Secret'})),
	related('route', {group: gatewayGroup, kind: 'HTTPRoute'}, {by: 'naming'}),
];

/** Of an HTTPRoute (and the routes shaped like it): its Gateways and its backends. */
export const routeRefs: RefReader = object => [
	...listAt(object, 'spec', 'parentRefs').flatMap(reference => typedRef('parent', reference, object, {group: gatewayGroup, kind: 'Gateway'})),
	...listAt(object, 'spec', 'rules')
		.flatMap(rule => listAt(rule, 'backendRefs'))
		.flatMap(reference => typedRef('backend', reference, object, {group: '', kind: 'Service'})),
];

/** A reference with optional group, kind and namespace, as the Gateway API has them. */
function typedRef(relation: string, reference: unknown, from: KubeObject, usual: Readonly<{group: string; kind: string}>): readonly RelatedRef[] {
	// An empty group is a group here (core), a missing one is the usual one.
	const group = fieldAt(reference, 'group');
	const of = {
		group: typeof group === 'string' ? group : usual.group,
		kind: textAt(reference, 'kind') ?? usual.kind,
		namespace: textAt(reference, 'namespace') ?? from.metadata.namespace,
	};
	return named(relation, of, textAt(reference, 'name'));
}
