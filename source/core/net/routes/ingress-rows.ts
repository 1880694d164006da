import {ingressBackends} from '../entry-backends.ts';
import {controllerPods, type ControllerOf} from '../ingress-controllers.ts';
import type {NetIngress} from '../net-objects.ts';
import type {RouteFact} from '../routes-model.ts';
import {refOf, titleOf} from '../trace/cluster-index.ts';
import {hostFit} from '../trace/hosts.ts';
import {conditionOf} from '../../conditions.ts';
import {type Tone, worse} from '../../tone.ts';
import {backendHealth, nothing, type RawRow, type RouteContext, tlsFact} from './raw-row.ts';

/** One row for each host and path of every Ingress. */
export function ingressRows(context: RouteContext): readonly RawRow[] {
	const {view} = context;
	const ingresses = view.all<NetIngress>('ingresses.networking.k8s.io');
	const classes = new Map(ingresses.map(ingress => [ingress, controllerPods(view, ingress)]));
	const rows = ingressBackends(view).map(({object, title, namespace, service, port}): RawRow => {
		// ingressBackends reads Ingresses only.
		const ingress = object as NetIngress;
		const host = title === 'default backend' ? undefined : title.split('/')[0];
		return {
			...entryOf(context, ingress, {entry: title, host, classes}),
			backend: `${service}${port === undefined ? '' : `:${port}`}`,
			ready: backendHealth(context, namespace, service),
			about: [
				{kind: 'Service', namespace, name: service},
				{kind: 'IngressClass', namespace: undefined, name: classes.get(ingress)?.className ?? ''},
			],
			part: title,
		};
	});
	const led = new Set(rows.map(({title}) => title));
	const bare = ingresses
		.filter(ingress => !led.has(titleOf(ingress)))
		.map(
			(ingress): RawRow => ({
				...entryOf(context, ingress, {entry: '(no Service)', host: undefined, classes}),
				backend: '-',
				ready: nothing,
				about: [],
				part: '',
			}),
		);
	return [...rows, ...bare].map(row => ({...row, tone: graver(row)}));
}

function graver({ready, tls, served, tone}: RawRow): Tone {
	return [ready.tone, tls.tone, served.tone].filter(one => one !== 'text' && one !== 'muted').reduce((a, b) => worse(a, b), tone);
}

type Entry = Readonly<{entry: string; host: string | undefined; classes: ReadonlyMap<NetIngress, ControllerOf>}>;

function entryOf(context: RouteContext, ingress: NetIngress, {entry, host, classes}: Entry): Omit<RawRow, 'backend' | 'ready' | 'about' | 'part'> {
	const of = classes.get(ingress);
	const addresses = (ingress.status?.loadBalancer?.ingress ?? []).flatMap(({ip, hostname}) => ip ?? hostname ?? []);
	const tls = tlsOf(context, ingress, host);
	return {
		id: `Ingress ${titleOf(ingress)} ${entry}`,
		type: 'Ingress',
		ref: refOf(ingress),
		kind: 'ingresses.networking.k8s.io',
		tone: 'ok',
		title: titleOf(ingress),
		entry,
		tls: tls.fact,
		served: servedBy(of, addresses.length > 0),
		details: [
			`class ${of?.className ?? '(none)'}${of?.controller === undefined ? '' : `, controller ${of.controller}`}${of && of.pods.length > 0 ? `, ${readyPods(of)} of ${of.pods.length} pods ready` : ''}`,
			addresses.length === 0 ? 'no address' : `address ${addresses.join(', ')}`,
			...(tls.detail === '' ? [] : [tls.detail]),
		],
	};
}

/** The entry of spec.tls that covers the host; without a Secret it is the controller's own certificate. */
function tlsOf(context: RouteContext, ingress: NetIngress, host: string | undefined): Readonly<{fact: RouteFact; detail: string}> {
	const entries = ingress.spec?.tls ?? [];
	const found = entries.find(
		({hosts = []}) => host === undefined || host === '*' || hosts.length === 0 || hosts.some(one => (hostFit(one, host, 'one-label') ?? -1) > 0),
	);
	if (!found) return {fact: nothing, detail: entries.length === 0 ? '' : `no TLS entry for ${host ?? 'it'}`};
	if (found.secretName === undefined || found.secretName === '')
		return {fact: {text: 'default', tone: 'text'}, detail: "TLS with the controller's own certificate"};
	const hosts = host === undefined || host === '*' ? (found.hosts ?? []) : [host];
	return tlsFact(context.tls(ingress.metadata.namespace ?? '', found.secretName), {secret: found.secretName, hosts, now: context.view.now});
}

function readyPods({pods}: ControllerOf): number {
	return pods.filter(({status}) => conditionOf(status?.conditions, 'Ready')?.status === 'True').length;
}

/** `nginx 2/2`; the class alone where its pods are not known. */
function servedBy(of: ControllerOf | undefined, hasAddress: boolean): RouteFact {
	const className = of?.className;
	if (!of || className === undefined) return {text: 'no class', tone: hasAddress ? 'text' : 'unknown'};
	if (!of.object && !hasAddress) return {text: `${className} missing`, tone: 'error'};
	if (of.pods.length === 0) return {text: className, tone: 'text'};
	const ready = readyPods(of);
	return {text: `${className} ${ready}/${of.pods.length}`, tone: ready === 0 ? 'error' : ready < of.pods.length ? 'warning' : 'ok'};
}
