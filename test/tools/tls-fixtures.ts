import {readFileSync} from 'node:fs';
import {fixturePath} from './repository.ts';

type FixtureName = 'server' | 'other-name' | 'expired' | 'client' | 'client-rotated' | 'expired-client' | 'foreign-client';

/** A committed test certificate with its key, PEM (test/fixtures/tls/README.md says what each is). */
export function tlsFixture(name: FixtureName): Readonly<{cert: string; key: string}> {
	return {cert: readPem(`${name}.crt`), key: readPem(`${name}.key`)};
}

/** The authority that signed all of them but `foreign-client`, or the other one. */
export function authorityFixture(name: 'authority' | 'other-authority' = 'authority'): string {
	return readPem(`${name}.crt`);
}

function readPem(file: string): string {
	return readFileSync(fixturePath('tls', file), 'utf8');
}
