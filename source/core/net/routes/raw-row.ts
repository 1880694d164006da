import type {ClusterView} from '../../check.ts';
import {humanDuration} from '../../age.ts';
import type {Ref} from '../../kubernetes.ts';
import type {RouteFact, RouteRow} from '../routes-model.ts';
import type {ServiceFacts} from '../service-facts.ts';
import {coversHost, type TlsState} from '../tls-secrets.ts';

/** A row before findings are laid over it. `about`: other objects whose findings are its own; `part`: which of the object's entries it is. */
export type RawRow = Omit<RouteRow, 'findings'> &
	Readonly<{about: ReadonlyArray<Pick<Ref, 'kind' | 'name'> & Readonly<{namespace: string | undefined}>>; part: string}>;

export type RouteContext = Readonly<{
	view: ClusterView;
	service(namespace: string, name: string): ServiceFacts | undefined;
	tls(namespace: string, secret: string): TlsState;
}>;

export const nothing: RouteFact = {text: '-', tone: 'muted'};
const soonMs = 30 * 86_400_000;

/** `2/2` ready, `0/2`, `missing`, `external`, `not read`. */
export function backendHealth({view, service}: RouteContext, namespace: string, name: string): RouteFact {
	const readServices = view.readIn?.('services', namespace) ?? view.readable('services');
	const facts = service(namespace, name);
	if (!facts) return readServices.state === 'ready' ? {text: 'missing', tone: 'error'} : {text: 'not read', tone: 'unknown'};
	if (facts.service.spec?.type === 'ExternalName') return {text: 'external', tone: 'muted'};
	const readSlices = view.readIn?.('endpointslices.discovery.k8s.io', namespace) ?? view.readable('endpointslices.discovery.k8s.io');
	if (readSlices.state !== 'ready') return {text: 'not read', tone: 'unknown'};
	const total = facts.endpoints.filter(({conditions}) => conditions?.terminating !== true).length;
	const text = `${facts.ready}/${total}`;
	return {text, tone: facts.ready === 0 ? 'error' : facts.ready < total ? 'warning' : 'ok'};
}

/** What is known of a certificate for these hosts, short and in full. */
export function tlsFact(
	state: TlsState,
	{secret, hosts, now}: Readonly<{secret: string; hosts: readonly string[]; now: number}>,
): Readonly<{fact: RouteFact; detail: string}> {
	switch (state.state) {
		case 'unread':
			return {fact: {text: 'not read', tone: 'unknown'}, detail: `TLS Secret ${secret}: Secrets may not be read`};
		case 'absent':
			return {fact: {text: 'missing', tone: 'error'}, detail: `TLS Secret ${secret} does not exist`};
		case 'exists':
			return {fact: {text: 'exists', tone: 'text'}, detail: `TLS Secret ${secret} exists; what is in it was not read`};
		default:
			return readFact(state, secret, hosts, now);
	}
}

function readFact(
	{facts}: Extract<TlsState, {state: 'read'}>,
	secret: string,
	hosts: readonly string[],
	now: number,
): Readonly<{fact: RouteFact; detail: string}> {
	const {certificate} = facts;
	if (!certificate) return {fact: {text: 'unreadable', tone: 'error'}, detail: `TLS Secret ${secret} holds no certificate that can be read`};
	const {sans, notAfter, subject, issuer} = certificate;
	const left = notAfter - now;
	const uncovered = hosts.filter(host => !coversHost(sans, host));
	const detail = `TLS Secret ${secret}: ${subject}, for ${sans.join(', ') || 'no host'}, by ${issuer}, until ${new Date(notAfter).toISOString().slice(0, 10)}`;
	if (left <= 0) return {fact: {text: 'expired', tone: 'error'}, detail};
	if (uncovered.length > 0) return {fact: {text: 'wrong host', tone: 'error'}, detail: `${detail}; it does not name ${uncovered.join(', ')}`};
	return {fact: {text: humanDuration(left), tone: left < soonMs ? 'warning' : 'ok'}, detail};
}
