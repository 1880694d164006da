/** What proves who we are. Compared by identity: a 401 marks exactly this object bad. */
export type Secret = Readonly<{
	/** The value of the Authorization header. */
	authorization?: string;
	/** PEM of a client certificate and its key, from an exec plugin. */
	certificate?: string;
	key?: string;
}>;

/** One way to get a Secret. Both reject with a ProblemError, or with the signal's reason. */
export type SecretSource = Readonly<{
	current(signal: AbortSignal): Promise<Secret>;
	/** The server refused this one: something newer, or undefined where there is nothing newer to try. */
	renew(refused: Secret, signal: AbortSignal): Promise<Secret | undefined>;
	/** The user asked: forget refusals and failures. */
	forget(): void;
}>;

/** A token, a password, or nothing: never changes. */
export function createFixedSource(secret: Secret): SecretSource {
	return {current: () => Promise.resolve(secret), renew: () => Promise.resolve(undefined), forget: () => undefined};
}

export function basicAuthorization(username: string, password: string): string {
	return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
