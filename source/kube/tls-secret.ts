import {X509Certificate} from 'node:crypto';
import {fieldAt, textAt} from '../core/field.ts';
import type {KubeObject} from '../core/kubernetes.ts';
import type {TlsSecretFacts} from '../core/net/tls-secrets.ts';

/** What the first certificate in `tls.crt` of a Secret tells. Of `tls.key` nothing is looked at but that it is there. */
export function tlsSecretFacts(secret: KubeObject): TlsSecretFacts {
	const data = fieldAt(secret, 'data');
	const encoded = textAt(data, 'tls.crt');
	const certificate = encoded === undefined ? undefined : readCertificate(Buffer.from(encoded, 'base64').toString('latin1'));
	return {
		type: textAt(secret, 'type') ?? '',
		keys: ['tls.crt', 'tls.key'].filter(key => textAt(data, key) !== undefined),
		...(certificate ? {certificate} : {}),
	};
}

function readCertificate(pem: string): TlsSecretFacts['certificate'] {
	try {
		const {subject, issuer, subjectAltName, validFrom, validTo} = new X509Certificate(pem);
		const [notBefore, notAfter] = [Date.parse(validFrom), Date.parse(validTo)];
		if (Number.isNaN(notBefore) || Number.isNaN(notAfter)) return undefined;
		return {subject: oneLine(subject), issuer: oneLine(issuer), sans: alternativeNames(subjectAltName), notBefore, notAfter};
	} catch {
		// No PEM, or a certificate that OpenSSL does not read: the same for whoever takes it from this Secret.
		return undefined;
	}
}

/** OpenSSL writes one attribute a line. */
function oneLine(name: string | undefined): string {
	return (name ?? '').split('\n').join(', ');
}

/** `DNS:a.test, IP Address:192.0.2.1, URI:spiffe://…`: the names and addresses that a host is compared with. */
function alternativeNames(text: string | undefined): readonly string[] {
	return [...(text ?? '').matchAll(/(?:^|, )(?:DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]+)/g)].map(([, name = '']) => name.replace(/^"|"$/g, ''));
}
