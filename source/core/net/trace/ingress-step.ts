import type {Ref} from '../../kubernetes.ts';
import {fact} from '../fault.ts';
import type {IngressBackend, NetIngress, NetService} from '../net-objects.ts';
import {type ClusterIndex, refOf, titleOf} from './cluster-index.ts';
import {type DraftStep, traceFinding} from './draft.ts';
import {type IngressMatch, matchIngress} from './hosts.ts';

type Way = Readonly<{host?: string; path?: string}>;
export type EntryResult = Readonly<{steps: readonly DraftStep[]; service?: NetService; port?: string}>;

/** From a host and path to the Service behind an Ingress: its address, its class, the rule, the backend. */
export function ingressSteps(ingress: NetIngress, {host, path = '/'}: Way, index: ClusterIndex): EntryResult {
	const ref = refOf(ingress);
	const title = `Ingress ${titleOf(ingress)}`;
	const asked = `${host ?? '(any host)'}${path}`;
	const match = matchIngress(ingress, host, path);
	const address = addressStep(ingress, host);
	const classes = classStep(ingress, index);
	if (classes.state === 'broken') return {steps: [...address, {...classes, title}], ...backendOf(ingress, match, index)};
	if (!match) return {steps: [...address, noRule(ingress, asked)]};
	const tls = tlsEvidence(ingress, host);
	const evidence = [`host ${host ?? 'any'}  ${match.text}  ${classes.evidence[0] ?? ''}`, ...tls];
	const {service, port} = backendOf(ingress, match, index);
	if (match.backend.resource) {
		const why = `its backend is the ${match.backend.resource.kind} ${match.backend.resource.name}, which is the controller's own`;
		return {steps: [...address, {title, state: 'unknown', evidence: [...evidence, why], ref, outcome: 'unknown', notChecked: [{what: asked, why}]}]};
	}
	if (!service) return {steps: [...address, noBackend(ingress, match, {asked, evidence, index})]};
	return {
		steps: [...address, {title, state: classes.state, evidence: [...evidence, `backend ${titleOf(service)}:${port ?? ''}`], ref}],
		service,
		...(port === undefined ? {} : {port}),
	};
}

function backendOf(ingress: NetIngress, match: IngressMatch | undefined, index: ClusterIndex): Pick<EntryResult, 'service' | 'port'> {
	const {service: named} = match?.backend ?? {};
	const service = named && index.service(ingress.metadata.namespace ?? '', named.name);
	const port = named?.port?.name ?? named?.port?.number?.toString();
	return service ? {service, ...(port === undefined ? {} : {port})} : {};
}

/** The name is resolved outside of the cluster: what it should lead to can be said, not what it does. */
function addressStep({status, spec}: NetIngress, host: string | undefined): readonly DraftStep[] {
	if (host === undefined || !spec) return [];
	const addresses = (status?.loadBalancer?.ingress ?? []).map(({ip, hostname}) => ip ?? hostname ?? '');
	const should = addresses.length === 0 ? 'the Ingress has no address yet' : `should lead to ${addresses.join(', ')}`;
	return [{title: 'DNS', state: addresses.length === 0 ? 'warning' : 'unknown', evidence: [`${host} ${should}; a name of outside is not looked up here`]}];
}

function classStep(ingress: NetIngress, index: ClusterIndex): DraftStep {
	const classes = index.view.all('ingressclasses.networking.k8s.io');
	const name = ingress.spec?.ingressClassName ?? ingress.metadata.annotations?.['kubernetes.io/ingress.class'];
	const isDefault = (one: (typeof classes)[number]): boolean => one.metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true';
	const found = name === undefined ? classes.find(isDefault) : classes.find(({metadata}) => metadata.name === name);
	if (found) return {title: 'class', state: 'ok', evidence: [`class ${found.metadata.name}`]};
	// A controller that has given it an address serves it, whatever its class; the old annotation needs no IngressClass either.
	const isServed = (ingress.status?.loadBalancer?.ingress ?? []).length > 0 || (name !== undefined && ingress.spec?.ingressClassName === undefined);
	const state = index.view.readable('ingressclasses.networking.k8s.io').state;
	if (isServed || (state !== 'ready' && state !== 'absent'))
		return {title: 'class', state: state === 'ready' ? 'ok' : 'unknown', evidence: [`class ${name ?? '(none)'}`]};
	const ref = refOf(ingress);
	const title =
		name === undefined
			? `Ingress ${titleOf(ingress)} names no class, and none is the default`
			: `Ingress ${titleOf(ingress)}: there is no IngressClass ${name}`;
	const [other] = classes;
	return {
		title: 'class',
		state: 'broken',
		evidence: [title, `classes: ${classes.map(({metadata}) => metadata.name).join(', ') || 'none'}`],
		ref,
		outcome: 'refused-entry',
		symptom: '404, or a connection that nobody answers: no controller takes it',
		findings: [
			traceFinding({
				id: 'ING_CLASS_MISSING',
				confidence: 'proven',
				subject: ref,
				title,
				evidence: [
					fact(ref, 'spec.ingressClassName', name ?? ''),
					fact(ref, 'ingressclasses', classes.map(({metadata}) => metadata.name).join(', ') || 'none'),
				],
				remedy: other
					? [
							{
								text: `Use class ${other.metadata.name}`,
								command: `kubectl -n ${ref.namespace ?? ''} patch ingress ${ref.name} -p '{"spec":{"ingressClassName":"${other.metadata.name}"}}'`,
								changes: true,
							},
						]
					: [{text: 'See which classes there are', command: 'kubectl get ingressclasses', changes: false}],
			}),
		],
	};
}

function noRule(ingress: NetIngress, asked: string): DraftStep {
	const ref = refOf(ingress);
	const rules = (ingress.spec?.rules ?? []).flatMap(({host = '*', http}) =>
		(http?.paths ?? []).map(({path = '/', pathType = ''}) => `${host}${path} ${pathType}`),
	);
	return missingBackend(ref, {
		title: `Ingress ${titleOf(ingress)} has no rule for ${asked}, and no default backend`,
		steps: [`rules: ${rules.join(', ') || 'none'}`],
		part: asked,
		symptom: '404 from the controller',
		command: `kubectl -n ${ref.namespace ?? ''} describe ingress ${ref.name}`,
	});
}

type Missing = Readonly<{asked: string; evidence: readonly string[]; index: ClusterIndex}>;

function noBackend(ingress: NetIngress, {backend, text}: IngressMatch, {asked, evidence, index}: Missing): DraftStep {
	const ref = refOf(ingress);
	const namespace = ingress.metadata.namespace ?? '';
	const name = backend.service?.name ?? '';
	const state = index.readable('services', namespace);
	if (state !== 'ready') {
		const why = `Services in ${namespace} may not be read`;
		return {
			title: `Ingress ${titleOf(ingress)}`,
			state: 'unknown',
			evidence: [...evidence, why],
			ref,
			outcome: 'unknown',
			notChecked: [{what: `Service ${namespace}/${name}`, why}],
		};
	}
	return missingBackend(ref, {
		title: `Ingress ${titleOf(ingress)}: ${asked} leads to Service ${name}, which does not exist in ${namespace}`,
		steps: [...evidence, `${text} -> ${describeBackend(backend)}`],
		part: asked,
		symptom: '503 from the controller',
		command: `kubectl -n ${namespace} get services`,
	});
}

function describeBackend({service}: IngressBackend): string {
	return `${service?.name ?? ''}:${service?.port?.name ?? service?.port?.number ?? ''}`;
}

type Words = Readonly<{title: string; steps: readonly string[]; part: string; symptom: string; command: string}>;

function missingBackend(ref: Ref, {title, steps, part, symptom, command}: Words): DraftStep {
	return {
		title: `Ingress ${ref.namespace ?? ''}/${ref.name}`,
		state: 'broken',
		evidence: [title, ...steps],
		ref,
		outcome: 'refused-entry',
		symptom,
		findings: [
			traceFinding({
				id: 'ING_BACKEND_MISSING',
				confidence: 'proven',
				subject: ref,
				part,
				title,
				evidence: steps.map(step => fact(ref, 'spec.rules', step)),
				remedy: [{text: 'Compare its rules with what is there', command, changes: false}],
			}),
		],
	};
}

function tlsEvidence({spec}: NetIngress, host: string | undefined): readonly string[] {
	const entry = (spec?.tls ?? []).find(
		({hosts = []}) => host === undefined || hosts.length === 0 || hosts.some(one => one === host || (one.startsWith('*.') && host.endsWith(one.slice(1)))),
	);
	return entry ? [`TLS secret ${entry.secretName ?? "(the controller's own)"}; tab 5 Routes looks into it`] : [];
}
