import type {ProblemError} from '../core/problem.ts';
import {brokenEntry} from './config-problem.ts';
import type {ClusterEntry, UserEntry} from './kubeconfig-entries.ts';

/** A PEM text: at hand, or in a file that may change while we run. */
export type Material = Readonly<{pem: string} | {file: string}>;

export type TlsPlan = Readonly<{
	authority?: Material;
	certificate?: Material;
	key?: Material;
	/** Name the server certificate is checked against, where it is not the host. */
	serverName?: string;
	insecure: boolean;
}>;

/**
 * What a TLS connection is made of. Inline data wins over the file of the same kind (comments of client-go clientcmd/api/v1/types.go).
 * Throws a config ProblemError that names the entry.
 */
export function planTls(cluster: ClusterEntry, user: UserEntry): TlsPlan {
	const authority = material(cluster.certificateAuthorityData, cluster.certificateAuthority, () =>
		brokenEntry('cluster', cluster, 'its certificate-authority-data is not base64'),
	);
	if (authority !== undefined && cluster.insecureSkipTlsVerify) {
		throw brokenEntry('cluster', cluster, 'it has a certificate authority and insecure-skip-tls-verify, and only one of the two can be meant');
	}
	const certificate = material(user.clientCertificateData, user.clientCertificate, () =>
		brokenEntry('user', user, 'its client-certificate-data is not base64'),
	);
	const key = material(user.clientKeyData, user.clientKey, () => brokenEntry('user', user, 'its client-key-data is not base64'));
	if (certificate !== undefined && key === undefined) throw brokenEntry('user', user, 'it has a client certificate and no key for it');
	return {
		...(authority === undefined ? {} : {authority}),
		...(certificate === undefined || key === undefined ? {} : {certificate, key}),
		...(cluster.tlsServerName === undefined ? {} : {serverName: cluster.tlsServerName}),
		insecure: cluster.insecureSkipTlsVerify,
	};
}

function material(data: string | undefined, file: string | undefined, broken: () => ProblemError): Material | undefined {
	if (data === undefined) return file === undefined ? undefined : {file};
	const bare = data.replace(/\s/g, '');
	if (!/^[A-Za-z0-9+/]*={0,2}$/.test(bare) || bare.length % 4 !== 0) throw broken();
	return {pem: Buffer.from(bare, 'base64').toString('latin1')};
}
