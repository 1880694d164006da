import {readFile} from 'node:fs/promises';
import type {Clock} from '../core/clock.ts';
import {ProblemError} from '../core/problem.ts';
import type {Secret, SecretSource} from './secret-source.ts';
import {isTokenText} from './token-text.ts';

/** client-go transport/token_source.go: a period of one minute less a leeway of ten seconds. */
const freshMs = 50_000;

export type TokenFileOptions = Readonly<{
	file: string;
	/** Used until the file can be read. */
	fallback?: string;
	clock: Clock;
}>;

/** The token in a file that somebody else renews (a projected service account token): read again when 50 s old, and after a 401. */
export function createTokenFileSource({file, fallback, clock}: TokenFileOptions): SecretSource {
	let held: {secret: Secret; token: string; readAt: number} | undefined;
	const read = async (): Promise<Secret> => {
		const token = await readToken(file).catch((error: unknown) => {
			const known = held?.token ?? fallback?.trim();
			if (known === undefined) throw error;
			return known;
		});
		const secret = held?.token === token ? held.secret : {authorization: `Bearer ${token}`};
		held = {secret, token, readAt: clock.now()};
		return secret;
	};
	return {
		current: async () => (held !== undefined && clock.now() - held.readAt < freshMs ? held.secret : await read()),
		async renew(refused) {
			const secret = held !== undefined && held.secret !== refused ? held.secret : await read();
			return secret === refused ? undefined : secret;
		},
		forget: () => undefined,
	};
}

async function readToken(file: string): Promise<string> {
	const problem = (cause: string, options?: ErrorOptions) =>
		new ProblemError(
			{code: 'config', what: `Could not read the token file ${file}`, cause, remedy: 'Correct tokenFile in the kubeconfig, or renew the file.'},
			options,
		);
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		throw problem(error instanceof Error && 'code' in error ? `the system said ${String(error.code)}` : String(error), {cause: error});
	}
	const token = text.trim();
	if (token === '') throw problem('the file is empty');
	if (!isTokenText(token)) throw problem('what it holds is no token: it has several lines or signs that no token has');
	return token;
}
