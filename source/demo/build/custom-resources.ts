import type {DemoCluster} from '../cluster.ts';
import type {JsonObject} from '../json.ts';
import {timestamp} from '../stored-object.ts';
import {add} from './foundation.ts';

type Definition = Readonly<{
	group: string;
	plural: string;
	kind: string;
	scope: 'Namespaced' | 'Cluster';
	versions: readonly string[];
	shortNames?: readonly string[];
	categories?: readonly string[];
	columns: readonly JsonObject[];
}>;

function printer(name: string, type: string, jsonPath: string, more: JsonObject = {}): JsonObject {
	return {name, type, jsonPath, ...more};
}

const age = printer('Age', 'date', '.metadata.creationTimestamp');

const definitions: readonly Definition[] = [
	{
		group: 'gateway.networking.k8s.io',
		plural: 'gatewayclasses',
		kind: 'GatewayClass',
		scope: 'Cluster',
		versions: ['v1'],
		shortNames: ['gc'],
		categories: ['gateway-api'],
		columns: [
			printer('Controller', 'string', '.spec.controllerName'),
			printer('Accepted', 'string', '.status.conditions[?(@.type=="Accepted")].status'),
			age,
			printer('Description', 'string', '.spec.description', {priority: 1}),
		],
	},
	{
		group: 'gateway.networking.k8s.io',
		plural: 'gateways',
		kind: 'Gateway',
		scope: 'Namespaced',
		versions: ['v1'],
		shortNames: ['gtw'],
		categories: ['gateway-api'],
		columns: [
			printer('Class', 'string', '.spec.gatewayClassName'),
			printer('Address', 'string', '.status.addresses[*].value'),
			printer('Programmed', 'string', '.status.conditions[?(@.type=="Programmed")].status'),
			age,
		],
	},
	{
		group: 'gateway.networking.k8s.io',
		plural: 'httproutes',
		kind: 'HTTPRoute',
		scope: 'Namespaced',
		versions: ['v1'],
		categories: ['gateway-api'],
		columns: [printer('Hostnames', 'string', '.spec.hostnames'), age],
	},
	{
		group: 'backup.example.test',
		plural: 'backups',
		kind: 'Backup',
		scope: 'Namespaced',
		versions: ['v1', 'v1beta1'],
		shortNames: ['bk'],
		categories: ['all', 'data'],
		columns: [
			printer('Phase', 'string', '.status.phase'),
			printer('Size', 'integer', '.status.gigabytes'),
			printer('Encrypted', 'boolean', '.spec.encrypted'),
			printer('Last Run', 'date', '.status.lastRun'),
			printer('Ratio', 'number', '.status.ratio', {priority: 1}),
			age,
		],
	},
	// Without columns of its own: the server prints name and age.
	{group: 'example.test', plural: 'tenants', kind: 'Tenant', scope: 'Cluster', versions: ['v1'], columns: []},
];

function definitionObject(definition: Definition): Parameters<typeof add>[1] {
	const {group, plural, kind, scope, shortNames, categories} = definition;
	const schema = {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}};
	const columns = definition.columns.length === 0 ? {} : {additionalPrinterColumns: definition.columns};
	const versions = definition.versions.map((name, index) => ({name, served: true, storage: index === 0, schema, subresources: {status: {}}, ...columns}));
	const optional = {...(shortNames === undefined ? {} : {shortNames}), ...(categories === undefined ? {} : {categories})};
	const names = {plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List`, ...optional};
	return {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {name: `${plural}.${group}`},
		spec: {group, names, scope, versions},
	};
}

function addGateways(cluster: DemoCluster, createdAt: number): void {
	const accepted = [{type: 'Accepted', status: 'True', reason: 'Accepted', message: '', lastTransitionTime: timestamp(createdAt)}];
	const apiVersion = 'gateway.networking.k8s.io/v1';
	const gatewayClass = {controllerName: 'gateway.example.test/controller', description: 'Gateways of the platform team'};
	add(cluster, {apiVersion, kind: 'GatewayClass', metadata: {name: 'platform'}, spec: gatewayClass, status: {conditions: accepted}}, createdAt);
	const programmed = [...accepted, {type: 'Programmed', status: 'True', reason: 'Programmed', message: '', lastTransitionTime: timestamp(createdAt)}];
	const listeners = [{name: 'https', port: 443, protocol: 'HTTPS', hostname: '*.example.test', tls: {mode: 'Terminate'}}];
	const status = {addresses: [{type: 'IPAddress', value: '203.0.113.10'}], conditions: programmed, listeners: []};
	add(
		cluster,
		{apiVersion, kind: 'Gateway', metadata: {name: 'public', namespace: 'gateway'}, spec: {gatewayClassName: 'platform', listeners}, status},
		createdAt,
	);
	for (const name of ['web', 'cart', 'checkout']) {
		const parentRefs = [{name: 'public', namespace: 'gateway'}];
		const rules = [{matches: [{path: {type: 'PathPrefix', value: `/${name}`}}], backendRefs: [{name, port: 80}]}];
		const hostnames = ['shop.example.test', `${name}.example.test`];
		const parents = [{parentRef: parentRefs[0] ?? {}, controllerName: 'gateway.example.test/controller', conditions: accepted}];
		add(cluster, {apiVersion, kind: 'HTTPRoute', metadata: {name, namespace: 'shop'}, spec: {parentRefs, hostnames, rules}, status: {parents}}, createdAt);
	}
}

/** The CustomResourceDefinitions of the demo and objects of each of them. */
export function addCustomResources(cluster: DemoCluster, createdAt: number): void {
	for (const definition of definitions) add(cluster, definitionObject(definition), createdAt);
	addGateways(cluster, createdAt);
	for (const [index, name] of ['pg-nightly', 'pg-weekly', 'media-nightly'].entries()) {
		const lastRun = timestamp(cluster.now() - (index + 1) * 5_400_000);
		const status = {phase: index === 2 ? 'Running' : 'Completed', gigabytes: 14 * (index + 1), ratio: 0.42, lastRun};
		const spec = {encrypted: index !== 1, schedule: '0 1 * * *'};
		add(cluster, {apiVersion: 'backup.example.test/v1', kind: 'Backup', metadata: {name, namespace: 'data'}, spec, status}, createdAt);
	}
	for (const name of ['acme', 'globex']) add(cluster, {apiVersion: 'example.test/v1', kind: 'Tenant', metadata: {name}, spec: {plan: 'gold'}}, createdAt);
}
