import type {ClusterView, Readability} from '../check.ts';
import {fieldAt, listAt, textAt} from '../field.ts';
import type {KubeObject, Ref} from '../kubernetes.ts';
import {hostFit} from './trace/hosts.ts';
import type {NetIngress} from './net-objects.ts';
import {refOf} from './trace/cluster-index.ts';

/** What the certificate in `tls.crt` of a Secret tells; the observation `tls-secret`, target `namespace/name`. Of the key nothing is looked at but whether there is one. */
export type TlsSecretFacts = Readonly<{
	/** `kubernetes.io/tls`. */
	type: string;
	/** Of `tls.crt` and `tls.key`, those that are there. */
	keys: readonly string[];
	/** undefined: there is no certificate in it that can be read. */
	certificate?: Readonly<{
		subject: string;
		issuer: string;
		/** DNS names and addresses. */
		sans: readonly string[];
		notBefore: number;
		notAfter: number;
	}>;
}>;

/** A Secret that an Ingress or a Gateway takes its certificate from. */
export type TlsUse = Readonly<{object: KubeObject; ref: Ref; namespace: string; secret: string; hosts: readonly string[]; path: string}>;

/** Every use of a TLS Secret; an entry without a Secret takes the controller's own certificate. */
export function tlsUses(view: ClusterView): readonly TlsUse[] {
	const ingresses = view.all<NetIngress>('ingresses.networking.k8s.io').flatMap(ingress =>
		(ingress.spec?.tls ?? []).flatMap(({hosts = [], secretName}, index) => {
			if (secretName === undefined || secretName === '') return [];
			return [
				{object: ingress, ref: refOf(ingress), namespace: ingress.metadata.namespace ?? '', secret: secretName, hosts, path: `spec.tls[${index}].secretName`},
			];
		}),
	);
	const gateways = view.all('gateways.gateway.networking.k8s.io').flatMap(gateway =>
		listAt(gateway, 'spec', 'listeners').flatMap((listener, index) =>
			listAt(listener, 'tls', 'certificateRefs').flatMap(reference => {
				const [name, kind = 'Secret'] = [textAt(reference, 'name'), textAt(reference, 'kind')];
				if (name === undefined || kind !== 'Secret') return [];
				const namespace = textAt(reference, 'namespace') ?? gateway.metadata.namespace ?? '';
				const host = textAt(listener, 'hostname');
				return [
					{
						object: gateway,
						ref: refOf(gateway),
						namespace,
						secret: name,
						hosts: host === undefined ? [] : [host],
						path: `spec.listeners[${index}].tls.certificateRefs`,
					},
				];
			}),
		),
	);
	return [...ingresses, ...gateways];
}

export type TlsState = Readonly<
	| {state: 'unread'; readable: Readability}
	| {state: 'absent'}
	/** It is there; what is in it was not read. `type` where the server prints it. */
	| {state: 'exists'; type: string | undefined}
	| {state: 'read'; facts: TlsSecretFacts}
>;

/** What is known of a Secret, from its metadata and, where it was read, its certificate. */
export function tlsSecretState(view: ClusterView): (namespace: string, name: string) => TlsState {
	const secrets = new Map(view.all('secrets').map(secret => [`${secret.metadata.namespace ?? ''}/${secret.metadata.name}`, secret]));
	const observed = view.observed<TlsSecretFacts>('tls-secret');
	return (namespace, name) => {
		const key = `${namespace}/${name}`;
		const read = observed.find(({target}) => target === key);
		if (read?.outcome === 'ok') return {state: 'read', facts: read.facts};
		const secret = secrets.get(key);
		if (secret) return {state: 'exists', type: textAt(fieldAt(secret), 'type')};
		const readable = view.readIn?.('secrets', namespace) ?? view.readable('secrets');
		return readable.state === 'ready' ? {state: 'absent'} : {state: 'unread', readable};
	};
}

/** Does the certificate name the host? A wildcard stands for one label, and `*.x` is covered by the same wildcard only (RFC 6125 6.4.3). */
export function coversHost(sans: readonly string[], host: string): boolean {
	const wanted = host.toLowerCase();
	return sans.some(san => san.toLowerCase() === wanted || (!wanted.startsWith('*.') && (hostFit(san, wanted, 'one-label') ?? 0) > 0));
}
