import {defaultClassAnnotation} from '../core/ingress-state.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, annotated, labels, name, server} from '../core/standard-columns.ts';

export const ingressClasses: ResourceKind = {
	apiVersion: 'networking.k8s.io/v1',
	kind: 'IngressClass',
	plural: 'ingressclasses',
	aliases: [],
	scope: 'cluster',
	mode: 'metadata',
	columns: [name, annotated('Default', defaultClassAnnotation), server('Controller', {priority: 2}), server('Parameters'), age, labels],
	sort: {by: 'name'},
};
