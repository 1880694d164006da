import type {Problem} from '../core/problem.ts';

export type TlsFailure = Readonly<{what: string; code: string; place: string; server: string; serverName?: string}>;

const unknownAuthority: ReadonlySet<string> = new Set([
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'CERT_SIGNATURE_FAILURE',
	'CERT_UNTRUSTED',
	'INVALID_CA',
]);
/** What OpenSSL says of our own certificate, key or authority, before anything is sent. */
const ownMaterial: Readonly<Record<string, string>> = {
	ERR_OSSL_X509_KEY_VALUES_MISMATCH: 'the client key does not belong to the client certificate',
	ERR_OSSL_PEM_NO_START_LINE: 'a certificate or key of this context is not PEM text',
	ERR_OSSL_PEM_BAD_END_LINE: 'a certificate or key of this context is cut off',
	ERR_OSSL_PEM_BAD_BASE64_DECODE: 'a certificate or key of this context is damaged',
	ERR_OSSL_UNSUPPORTED: 'the client key is in a format that cannot be read',
};

/** The Problem where TLS is what failed, one text for each way; undefined for everything else. */
export function tlsProblem(error: unknown, failure: TlsFailure): Problem | undefined {
	const {what, code, place} = failure;
	if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return nameMismatch(error, failure);
	if (code === 'CERT_HAS_EXPIRED')
		return {
			code: 'tls',
			what,
			cause: `the certificate of ${place} has expired${validUntil(error)}`,
			remedy: "The cluster's administrator has to renew it; check this machine's clock too.",
		};
	if (code === 'CERT_NOT_YET_VALID') return {code: 'tls', what, cause: `the certificate of ${place} is not valid yet`, remedy: "Check this machine's clock."};
	if (unknownAuthority.has(code)) {
		return {
			code: 'tls',
			what,
			cause: `the certificate of ${place} is signed by an authority that this context does not know`,
			remedy: 'Check certificate-authority in the kubeconfig; it may be of another cluster, or of this one before it was set up anew.',
		};
	}
	if (/ALERT/.test(code)) return alertProblem(error, failure);
	if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG' || code === 'ERR_SSL_HTTP_REQUEST') {
		return {
			code: 'tls',
			what,
			cause: `what answers at ${place} does not speak TLS`,
			remedy: 'Check the port in the kubeconfig, and whether the server should be http://.',
		};
	}
	const own =
		ownMaterial[code] ?? (/^ERR_OSSL_(?:PEM|ASN1|X509|EVP)_/.test(code) ? `a certificate or key of this context cannot be read (${code})` : undefined);
	if (own !== undefined)
		return {code: 'config', what, cause: own, remedy: 'Correct client-certificate, client-key or certificate-authority in the kubeconfig.'};
	return /^(?:ERR_SSL_|ERR_TLS_|CERT_|EPROTO)/.test(code) ? {code: 'tls', what, cause: `the TLS handshake with ${place} failed (${code})`} : undefined;
}

function nameMismatch(error: unknown, {what, place, server, serverName}: TlsFailure): Problem {
	const certificate = fieldOf(error, 'cert');
	const seen = String(fieldOf(certificate, 'subjectaltname') ?? '').replace(/(?:DNS|IP Address):/g, '');
	const wanted = serverName ?? new URL(server).hostname;
	const cause = `the certificate of ${place} is not for ${wanted}${seen === '' ? '' : `, only for ${seen}`}`;
	return {code: 'tls', what, cause, remedy: 'Use one of these names as server in the kubeconfig, or set tls-server-name to it.'};
}

/** A TLS alert is the other side's word: it looked at our certificate and did not take it. */
function alertProblem(error: unknown, {what, place, code}: TlsFailure): Problem {
	const alert = code
		.replace(/^.*ALERT_/, '')
		.toLowerCase()
		.replaceAll('_', ' ');
	if (/certificate|unknown ca|access denied/.test(alert)) {
		const cause = alert.includes('required') ? `${place} wants a client certificate and got none` : `${place} rejected the client certificate (${alert})`;
		return {code: 'tls', what, cause, remedy: "Renew the user's client certificate in the kubeconfig; it may have expired or be of another cluster."};
	}
	const reason = fieldOf(error, 'reason');
	return {code: 'tls', what, cause: `${place} ended the TLS handshake (${alert === '' ? String(reason) : alert})`};
}

function validUntil(error: unknown): string {
	const until = Date.parse(String(fieldOf(fieldOf(error, 'cert'), 'valid_to') ?? ''));
	return Number.isNaN(until) ? '' : ` on ${new Date(until).toISOString().slice(0, 10)}`;
}

function fieldOf(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
