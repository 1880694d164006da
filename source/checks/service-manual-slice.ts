import type {Check} from '../core/check.ts';
import type {Finding} from '../core/finding.ts';
import {fact, fault} from '../core/net/fault.ts';
import {type ServiceFacts, serviceFacts} from '../core/net/service-facts.ts';
import {timestamp} from '../core/timestamp.ts';

const leaderAnnotation = 'control-plane.alpha.kubernetes.io/leader';

/** diagnosis.md 2.2, check 26. */
export const serviceManualSlice: Check = {
	ids: ['SVC_MANUAL_SLICE_ORPHAN'],
	title: 'Services without a selector have EndpointSlices of their own',
	family: 'Service',
	reads: ['services', 'endpointslices.discovery.k8s.io'],
	graceMs: 2 * 60_000,
	*run(view) {
		for (const facts of serviceFacts(view)) {
			const {service, hasSelector, slices} = facts;
			if (hasSelector || service.spec?.type === 'ExternalName' || isSystemOwn(facts)) continue;
			if (slices.length === 0) yield orphan(facts);
			else yield* wrongPorts(facts);
		}
	},
};

/** default/kubernetes is written by the API server; leader election keeps Services for their names alone. */
function isSystemOwn({title, service}: ServiceFacts): boolean {
	return title === 'default/kubernetes' || service.metadata.annotations?.[leaderAnnotation] !== undefined;
}

function orphan({ref, title, namespace, service}: ServiceFacts): Finding {
	const since = timestamp(service.metadata.creationTimestamp);
	const [port] = service.spec?.ports ?? [];
	return fault({
		id: 'SVC_MANUAL_SLICE_ORPHAN',
		family: 'Service',
		severity: 'warning',
		confidence: 'proven',
		subject: ref,
		title: `Service ${title} has no selector and no EndpointSlice`,
		...(since === undefined ? {} : {since}),
		evidence: [fact(ref, 'spec.selector', 'none'), fact(ref, 'endpointslices', `none with the label kubernetes.io/service-name=${ref.name}`)],
		remedy: [
			{
				text: `Write an EndpointSlice with the label kubernetes.io/service-name=${ref.name} and a port called ${port?.name ?? '""'}; so far there is`,
				command: `kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${ref.name}`,
				changes: false,
			},
		],
	});
}

/** kube-proxy joins by the port's name: another name is no endpoint at all. */
function* wrongPorts({ref, title, namespace, service, slices}: ServiceFacts): Iterable<Finding> {
	const names = [...new Set(slices.flatMap(({ports}) => (ports ?? []).map(({name}) => name ?? '')))];
	const missing = (service.spec?.ports ?? []).filter(({name}) => !names.includes(name ?? ''));
	if (missing.length === 0 || names.length === 0) return;
	const quoted = (name: string | undefined): string => (name === undefined || name === '' ? '(no name)' : name);
	yield fault({
		id: 'SVC_MANUAL_SLICE_ORPHAN',
		family: 'Service',
		severity: 'critical',
		confidence: 'proven',
		subject: ref,
		title: `Service ${title}: no port of its EndpointSlices is called ${missing.map(({name}) => quoted(name)).join(', ')}; they have ${names.map(quoted).join(', ')}`,
		evidence: [
			fact(ref, 'spec.ports[*].name', missing.map(({name}) => quoted(name)).join(', ')),
			...slices
				.slice(0, 3)
				.map(slice => fact({...ref, apiVersion: slice.apiVersion, kind: slice.kind, name: slice.metadata.name}, 'ports[*].name', names.map(quoted).join(', '))),
		],
		remedy: [
			{
				text: 'Give the slice the name of the Service port',
				command: `kubectl -n ${namespace} patch endpointslice ${slices[0]?.metadata.name ?? ''} --type json -p '[{"op":"replace","path":"/ports/0/name","value":"${missing[0]?.name ?? ''}"}]'`,
				changes: true,
			},
		],
	});
}
