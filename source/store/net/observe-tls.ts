import type {ClusterView} from '../../core/check.ts';
import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import {type TlsSecretFacts, tlsUses} from '../../core/net/tls-secrets.ts';
import type {Observation} from '../../core/observation.ts';
import {observe} from './observe.ts';

export type TlsReads = Pick<ClusterClient, 'can' | 'tlsSecret' | 'skewMs'>;

/** More certificates than this nobody looks through; of the rest it is said that they exist. */
const mostSecrets = 100;

/**
 * The certificates that Ingresses and Gateways take from Secrets, in the namespaces where Secrets may be read: it is asked first, so that
 * nobody is refused anything. Sends GETs and access reviews only. Never rejects but by its signal.
 */
export async function observeTls(client: TlsReads, view: ClusterView, clock: Clock, signal: AbortSignal): Promise<readonly Observation[]> {
	const known =
		view.readable('secrets').state === 'ready' ? new Set(view.all('secrets').map(({metadata}) => `${metadata.namespace ?? ''}/${metadata.name}`)) : undefined;
	const wanted = new Map(tlsUses(view).map(({namespace, secret}) => [`${namespace}/${secret}`, {namespace, secret}]));
	// One that is not there is a finding by itself.
	const asked = [...wanted].filter(([name]) => known?.has(name) !== false).slice(0, mostSecrets);
	const namespaces = [...new Set(asked.map(([, {namespace}]) => namespace))];
	const rights = await Promise.all(
		namespaces.map(async namespace => [namespace, await client.can({verb: 'get', group: '', resource: 'secrets', namespace}, signal)] as const),
	);
	const open = new Set(rights.flatMap(([namespace, {allowed}]) => (allowed === true ? [namespace] : [])));
	const read = await Promise.all(
		asked
			.filter(([, {namespace}]) => open.has(namespace))
			.map(([name, {namespace, secret}]) =>
				observe<TlsSecretFacts>(
					{client, clock, signal},
					{probe: 'tls-secret', target: name, what: `Could not read the certificate of ${name}`},
					async limited => await client.tlsSecret(namespace, secret, limited),
				),
			),
	);
	signal.throwIfAborted();
	return read;
}
