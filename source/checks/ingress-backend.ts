import type {Check} from '../core/check.ts';
import type {Finding, Remedy} from '../core/finding.ts';
import {type EntryBackend, ingressBackends} from '../core/net/entry-backends.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetService, ServicePort} from '../core/net/net-objects.ts';
import {type ServiceFacts, serviceFacts} from '../core/net/service-facts.ts';
import {titleOf} from '../core/net/trace/cluster-index.ts';
import {nearNames} from '../core/net/trace/near-miss.ts';
import {portTitle} from '../core/net/trace/service-port.ts';

/** diagnosis.md 2.4, checks 40 and 41. */
export const ingressBackend: Check = {
	ids: ['ING_BACKEND_MISSING', 'ING_BACKEND_EMPTY'],
	title: 'what Ingresses lead to is there and answers',
	family: 'Ingress',
	reads: ['ingresses.networking.k8s.io', 'services', 'endpointslices.discovery.k8s.io'],
	graceMs: 30_000,
	*run(view) {
		const services = new Map(serviceFacts(view).map(facts => [facts.title, facts]));
		const names = view.all<NetService>('services').map(({metadata}) => ({namespace: metadata.namespace ?? '', name: metadata.name}));
		for (const backend of ingressBackends(view)) {
			const facts = services.get(`${backend.namespace}/${backend.service}`);
			if (!facts) yield noService(backend, names);
			else if (!hasPort(facts.service, backend.port)) yield noPort(backend, facts.service);
			else if (facts.service.spec?.type !== 'ExternalName' && facts.ready === 0 && facts.draining === 0) yield empty(backend, facts);
		}
	},
};

function hasPort({spec}: NetService, port: EntryBackend['port']): boolean {
	// A Service of type ExternalName may have no ports at all.
	if (port === undefined || (spec?.type === 'ExternalName' && (spec.ports ?? []).length === 0)) return true;
	return (spec?.ports ?? []).some(one => (typeof port === 'number' ? one.port === port : one.name === port));
}

type Words = Readonly<{id: string; title: string; value: string; remedy: readonly Remedy[]; more?: Finding['evidence']; confidence?: Finding['confidence']}>;

function backendFinding({object, ref, title: entry, path}: EntryBackend, {id, title, value, remedy, more = [], confidence = 'proven'}: Words): Finding {
	return fault({
		id,
		family: 'Ingress',
		severity: 'critical',
		confidence,
		subject: ref,
		part: entry,
		title: `Ingress ${titleOf(object)}: ${entry} ${title}`,
		evidence: [fact(ref, path, value), ...more],
		remedy,
	});
}

function noService(backend: EntryBackend, names: ReadonlyArray<Readonly<{namespace: string; name: string}>>): Finding {
	const {namespace, service} = backend;
	const near = nearNames(service, namespace, names);
	// A backend has no namespace: a Service of another one is no remedy by itself.
	const here = near.find(name => name.endsWith(`.${namespace}`));
	return backendFinding(backend, {
		id: 'ING_BACKEND_MISSING',
		title: `leads to Service ${service}, which does not exist in ${namespace}${near.length === 0 ? '' : `; nearest: ${near.join(', ')}`}`,
		value: `${service}:${backend.port ?? ''}`,
		remedy: [
			...(here === undefined ? [] : [patchRemedy(backend, 'service/name', here.slice(0, -namespace.length - 1), `Lead to ${here}`)]),
			{text: 'See which Services there are', command: `kubectl -n ${namespace} get services`, changes: false},
		],
	});
}

function noPort(backend: EntryBackend, service: NetService): Finding {
	const ports = service.spec?.ports ?? [];
	const [first] = ports;
	return backendFinding(backend, {
		id: 'ING_BACKEND_MISSING',
		title: `leads to port ${backend.port ?? ''} of Service ${backend.service}, which has ${ports.map(portTitle).join(', ') || 'no ports'}`,
		value: `${backend.service}:${backend.port ?? ''}`,
		remedy: [
			...(first && ports.length === 1 ? [portRemedy(backend, first)] : []),
			{
				text: 'See the ports of the Service',
				command: `kubectl -n ${backend.namespace} get service ${backend.service} -o jsonpath='{.spec.ports}'`,
				changes: false,
			},
		],
	});
}

function empty(backend: EntryBackend, {endpoints, hasSelector, pods}: ServiceFacts): Finding {
	const {namespace, service} = backend;
	return backendFinding(backend, {
		id: 'ING_BACKEND_EMPTY',
		title: `answers 503: Service ${service} has no ready endpoint`,
		value: `${service}:${backend.port ?? ''}`,
		confidence: 'likely',
		more: [
			fact(
				{apiVersion: 'v1', kind: 'Service', namespace, name: service},
				'endpointslices',
				`0 ready of ${endpoints.length}${hasSelector ? `, its selector means ${pods.length} pods` : ''}`,
			),
		],
		remedy: [{text: 'See what is behind the Service', command: `kubectl -n ${namespace} describe service ${service}`, changes: false}],
	});
}

function portRemedy(backend: EntryBackend, {port}: ServicePort): Remedy {
	return patchRemedy(backend, 'service/port', {number: port}, `Lead to port ${port}`);
}

/** `spec.rules[0].http.paths[1].backend` as a JSON pointer. */
function patchRemedy({ref, path}: EntryBackend, field: string, value: unknown, text: string): Remedy {
	const pointer = `/${path.replaceAll(/\[(\d+)\]/g, '.$1').replaceAll('.', '/')}/${field}`;
	return {
		text,
		command: `kubectl -n ${ref.namespace ?? ''} patch ingress ${ref.name} --type json -p '${JSON.stringify([{op: 'replace', path: pointer, value}])}'`,
		changes: true,
	};
}
