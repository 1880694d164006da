import {createPrivateKey, createPublicKey, sign} from 'node:crypto';

/** One DER value: tag, length, content. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
	const content = Buffer.concat(parts);
	const size = content.length;
	const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
	return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
// 1.3.101.112, 2.5.4.3 and 2.5.29.17 (RFC 8410, RFC 5280).
const ed25519 = sequence(objectId('2b6570'));
const commonName = '550403';
const subjectAltName = '551d11';

function nameOf(text: string): Buffer {
	return sequence(der(0x31, sequence(objectId(commonName), der(0x0c, Buffer.from(text)))));
}

/** UTCTime: `261121140231Z`. */
function timeOf(milliseconds: number): Buffer {
	return der(0x17, Buffer.from(`${new Date(milliseconds).toISOString().slice(2, 19).replaceAll(/[-:T]/gu, '')}Z`));
}

function pem(label: string, bytes: Buffer): string {
	return `-----BEGIN ${label}-----\n${bytes.toString('base64').replaceAll(/.{64}(?=.)/gu, '$&\n')}\n-----END ${label}-----\n`;
}

export type CertificateOptions = Readonly<{
	hosts: readonly string[];
	issuer: string;
	notBefore: number;
	notAfter: number /** 64 hexadecimal digits. */;
	seed: string;
}>;

/** A certificate for some hosts and its key, as PEM; the same options give the same bytes. Nobody should trust it. */
export function certificate(options: CertificateOptions): Readonly<{cert: string; key: string}> {
	const {hosts, issuer, notBefore, notAfter, seed} = options;
	// PKCS #8 of an Ed25519 key: a fixed head and the seed.
	const pkcs8 = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex');
	const key = createPrivateKey({key: pkcs8, format: 'der', type: 'pkcs8'});
	const publicKey = createPublicKey(key).export({format: 'der', type: 'spki'});
	const names = sequence(...hosts.map(host => der(0x82, Buffer.from(host))));
	const extensions = der(0xa3, sequence(sequence(objectId(subjectAltName), der(0x04, names))));
	const version = der(0xa0, der(0x02, Buffer.from([2])));
	const serial = der(0x02, Buffer.from(`01${seed.slice(0, 16)}`, 'hex'));
	const validity = sequence(timeOf(notBefore), timeOf(notAfter));
	const body = sequence(version, serial, ed25519, nameOf(issuer), validity, nameOf(hosts[0] ?? ''), publicKey, extensions);
	const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign(null, body, key)]));
	return {cert: pem('CERTIFICATE', sequence(body, ed25519, signature)), key: pem('PRIVATE KEY', pkcs8)};
}
