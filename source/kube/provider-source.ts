import type {Clock} from '../core/clock.ts';
import {ProblemError} from '../core/problem.ts';
import type {Secret, SecretSource} from './secret-source.ts';
import {createSingleFlight} from './single-flight.ts';

/** The providers client-node knows; they look at their own expiry each time they are asked. */
export const authProviders: ReadonlySet<string> = new Set(['oidc', 'gcp', 'azure']);

const freshMs = 30_000;

export type ProviderOptions = Readonly<{name: string; config: Readonly<Record<string, string>>; userName: string; server: string; clock: Clock}>;

/** The header for an `auth-provider` entry, by the providers of @kubernetes/client-node, which is loaded at first use. */
export function createProviderSource(options: ProviderOptions): SecretSource {
	const {clock} = options;
	let held: {secret: Secret; askedAt: number} | undefined;
	let ask: (() => Promise<string | undefined>) | undefined;
	const join = createSingleFlight(async () => {
		ask ??= await openProvider(options);
		const authorization = await ask();
		const secret = held?.secret.authorization === authorization && held !== undefined ? held.secret : {...(authorization === undefined ? {} : {authorization})};
		held = {secret, askedAt: clock.now()};
		return secret;
	});
	return {
		current: async signal => (held !== undefined && clock.now() - held.askedAt < freshMs ? held.secret : await join(signal)),
		async renew(refused, signal) {
			const secret = held !== undefined && held.secret !== refused ? held.secret : await join(signal);
			return secret === refused ? undefined : secret;
		},
		forget() {
			held = undefined;
		},
	};
}

async function openProvider({name, config, userName, server}: ProviderOptions): Promise<() => Promise<string | undefined>> {
	const {KubeConfig} = await import('@kubernetes/client-node');
	const kubeConfig = new KubeConfig();
	kubeConfig.loadFromOptions({
		clusters: [{name: 'cluster', server}],
		users: [{name: userName, authProvider: {name, config: {...config}}}],
		contexts: [{name: 'context', cluster: 'cluster', user: userName}],
		currentContext: 'context',
	});
	return async () => {
		const headers: Record<string, string> = {};
		try {
			await kubeConfig.applyToHTTPSOptions({headers});
		} catch (error) {
			throw providerProblem(name, userName, error instanceof Error ? error.message : String(error));
		}
		const header = headers['Authorization'];
		// client-node leaves the header out when an OIDC token has expired and cannot be renewed: the request would go as system:anonymous.
		if (header === undefined || header === '') throw providerProblem(name, userName, 'its token has expired, or there is none, and nothing to renew it with');
		return header;
	};
}

function providerProblem(name: string, userName: string, cause: string): ProblemError {
	return new ProblemError({
		code: 'login',
		what: `Could not log in as ${userName}`,
		cause: `the auth-provider ${name} failed: ${cause}`,
		remedy: 'Log in again with the program that wrote this user into the kubeconfig.',
	});
}
