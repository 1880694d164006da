import {at, listAt, recordsAt, textAt} from '../json.ts';
import {ageColumn, column, type DemoKind, nameColumn, status} from '../kind.ts';
import type {StoredObject} from '../stored-object.ts';
import {orElse, selectorText} from './cell-text.ts';
import {loadBalancerText} from './services.ts';

const networking = {group: 'networking.k8s.io', version: 'v1'} as const;

/** At most three rules count as shown, with or without a host (kube-apiserver's formatHosts). */
function hostsText(ingress: StoredObject): string {
	const rules = recordsAt(ingress, 'spec', 'rules');
	const hosts = rules.map(rule => textAt(rule, 'host')).filter(host => host !== '');
	const more = hosts.slice(0, 3).length === 3 && rules.length > 3;
	const shown = hosts.slice(0, 3).join(',');
	return shown === '' ? '*' : more ? `${shown} + ${rules.length - 3} more...` : shown;
}

export const ingresses: DemoKind = {
	...networking,
	plural: 'ingresses',
	singular: 'ingress',
	kind: 'Ingress',
	namespaced: true,
	shortNames: ['ing'],
	subresources: [status],
	columns: [nameColumn, column('Class'), column('Hosts'), column('Address'), column('Ports'), ageColumn],
	cells: (object, {since}) => [
		object.metadata.name,
		orElse(textAt(object, 'spec', 'ingressClassName'), '<none>'),
		hostsText(object),
		loadBalancerText(object),
		listAt(object, 'spec', 'tls').length > 0 ? '80, 443' : '80',
		since(object.metadata.creationTimestamp),
	],
};

function parametersText(object: StoredObject): string {
	const parameters = at(object, 'spec', 'parameters');
	if (parameters === undefined) return '<none>';
	const group = textAt(parameters, 'apiGroup');
	return `${textAt(parameters, 'kind')}${group === '' ? '' : `.${group}`}/${textAt(parameters, 'name')}`;
}

export const ingressClasses: DemoKind = {
	...networking,
	plural: 'ingressclasses',
	singular: 'ingressclass',
	kind: 'IngressClass',
	namespaced: false,
	columns: [nameColumn, column('Controller'), column('Parameters'), ageColumn],
	cells: (object, {since}) => [object.metadata.name, textAt(object, 'spec', 'controller'), parametersText(object), since(object.metadata.creationTimestamp)],
};

export const networkPolicies: DemoKind = {
	...networking,
	plural: 'networkpolicies',
	singular: 'networkpolicy',
	kind: 'NetworkPolicy',
	namespaced: true,
	shortNames: ['netpol'],
	columns: [nameColumn, column('Pod-Selector'), ageColumn],
	cells: (object, {since}) => [
		object.metadata.name,
		orElse(selectorText(at(object, 'spec', 'podSelector')), '<none>'),
		since(object.metadata.creationTimestamp),
	],
};

export const serviceCidrs: DemoKind = {
	...networking,
	plural: 'servicecidrs',
	singular: 'servicecidr',
	kind: 'ServiceCIDR',
	namespaced: false,
	subresources: [status],
	columns: [nameColumn, column('CIDRs'), ageColumn],
	cells: (object, {since}) => [object.metadata.name, listAt(object, 'spec', 'cidrs').join(','), since(object.metadata.creationTimestamp)],
};

function parentText(object: StoredObject): string {
	const parent = at(object, 'spec', 'parentRef');
	if (parent === undefined) return '<none>';
	const group = textAt(parent, 'group');
	const namespace = textAt(parent, 'namespace');
	return `${textAt(parent, 'resource')}${group === '' ? '' : `.${group}`}${namespace === '' ? '' : `/${namespace}`}/${textAt(parent, 'name')}`;
}

export const ipAddresses: DemoKind = {
	...networking,
	plural: 'ipaddresses',
	singular: 'ipaddress',
	kind: 'IPAddress',
	namespaced: false,
	shortNames: ['ip'],
	// The server defines two columns and prints three cells; a client has to cope (kube-apiserver v1.34, printIPAddress).
	columns: [nameColumn, column('ParentRef')],
	cells: (object, {since}) => [object.metadata.name, parentText(object), since(object.metadata.creationTimestamp)],
};
