import type {Clock} from '../core/clock.ts';
import type {Live} from '../core/live.ts';
import {ProblemError, type Problem, problemOf} from '../core/problem.ts';
import type {CheckedExec} from './auth-plan.ts';
import type {CredentialState} from './credential-state.ts';
import type {ExecCredential} from './exec-credential.ts';
import {type ExecClusterInfo, runExecPlugin} from './exec-plugin.ts';
import {createLiveValue} from './live-value.ts';
import type {Secret, SecretSource} from './secret-source.ts';
import {createSingleFlight} from './single-flight.ts';

const renewBeforeMs = 60_000;
/** A plugin that hands out expired credentials is asked again this much later, not for each request. */
const expiredHoldMs = 30_000;
/** A server that refuses fresh credentials is left alone so long: accounts get locked by less. */
const refusalHoldMs = 60_000;
/** A failed plugin is not run again for each of a hundred requests. */
const failureHoldMs = 10_000;

export type ExecSourceOptions = Readonly<{
	exec: CheckedExec;
	userName: string;
	/** What the plugin is told of the cluster, where it asked for that. */
	cluster: () => Promise<ExecClusterInfo | undefined>;
	environment: Readonly<Record<string, string | undefined>>;
	clock: Clock;
	/** Standard input is a terminal. */
	hasTerminal: boolean;
}>;

export type ExecSource = SecretSource &
	Readonly<{
		state: Live<CredentialState>;
		/** Runs the plugin with our terminal as its own: the caller has given up the screen for it. */
		logIn(signal: AbortSignal): Promise<void>;
	}>;

/** `renewal`: made because the server refused the one before. Times in ms since the epoch. */
type Held = Readonly<{secret: Secret; fetchedAt: number; renewAt: number; expiresAt: number; renewal: boolean}>;

/** Credentials from a plugin: one run at a time however many ask, kept until they expire or a 401, never on disk (kube-api.md 1.4). */
export function createExecSource(options: ExecSourceOptions): ExecSource {
	const {clock, exec} = options;
	const state = createLiveValue<CredentialState>({state: 'ready'});
	let held: Held | undefined;
	let blocked: Readonly<{until: number; problem: Problem}> | undefined;
	let isRenewal = false;

	const fetch = async (interactive: boolean, signal: AbortSignal): Promise<Held> => {
		const since = clock.now();
		state.set({state: 'running', since, says: ''});
		const says = (text: string) => state.set({state: 'running', since, says: text});
		try {
			const cluster = await options.cluster();
			const {userName, environment} = options;
			const answer = await runExecPlugin({exec, userName, environment, clock, interactive, says, ...(cluster === undefined ? {} : {cluster})}, signal);
			held = holdOf(answer, clock.now(), isRenewal);
			isRenewal = false;
			blocked = undefined;
			state.set({state: 'ready'});
			return held;
		} catch (error) {
			const problem = problemOf(error, `Could not log in as ${options.userName}`);
			if (!signal.aborted) blocked = {until: clock.now() + failureHoldMs, problem};
			state.set(signal.aborted ? {state: 'ready'} : {state: exec.interactiveMode === 'IfAvailable' ? 'login-needed' : 'failed', problem});
			throw error;
		}
	};
	const join = createSingleFlight(async signal => {
		if (exec.interactiveMode !== 'Always') return await fetch(false, signal);
		const problem = loginNeeded(options);
		state.set({state: 'login-needed', problem});
		throw new ProblemError(problem);
	});
	const refuse = () => {
		const until = clock.now() + refusalHoldMs;
		const problem = refusedProblem(options);
		held = undefined;
		blocked = {until, problem};
		state.set({state: 'refused', problem, until});
	};

	return {
		state,
		async current(signal) {
			const now = clock.now();
			if (blocked !== undefined && now < blocked.until) throw new ProblemError(blocked.problem);
			if (held === undefined || now >= held.expiresAt) return (await join(signal)).secret;
			// Nobody waits for a renewal ahead of time: its failure is told by `state`, and again when the old one has expired.
			if (now >= held.renewAt) join(new AbortController().signal).catch(() => undefined);
			return held.secret;
		},
		async renew(refused, signal) {
			if (blocked !== undefined && clock.now() < blocked.until) return undefined;
			if (held !== undefined && held.secret !== refused) return held.secret;
			if (held?.renewal === true && clock.now() - held.fetchedAt < refusalHoldMs) {
				refuse();
				return undefined;
			}
			if (held !== undefined) isRenewal = true;
			held = undefined;
			return (await join(signal)).secret;
		},
		forget() {
			blocked = undefined;
		},
		async logIn(signal) {
			blocked = undefined;
			if (exec.interactiveMode === 'Never') return void (await join(signal));
			if (!options.hasTerminal)
				throw new ProblemError({...loginNeeded(options), cause: 'the login plugin has to ask something, and standard input is not a terminal'});
			await fetch(true, signal);
		},
	};
}

function holdOf({token, certificate, key, expiresAt}: ExecCredential, now: number, renewal: boolean): Held {
	const secret: Secret = {
		...(token === undefined ? {} : {authorization: `Bearer ${token}`}),
		...(certificate === undefined || key === undefined ? {} : {certificate, key}),
	};
	if (expiresAt === undefined) return {secret, fetchedAt: now, renewAt: Infinity, expiresAt: Infinity, renewal};
	const lifetimeMs = expiresAt - now;
	if (lifetimeMs <= 0) return {secret, fetchedAt: now, renewAt: Infinity, expiresAt: now + expiredHoldMs, renewal};
	// Credentials of a minute or less would otherwise be renewed with every request.
	const renewAt = now + Math.max(lifetimeMs - renewBeforeMs, lifetimeMs * 0.75);
	return {secret, fetchedAt: now, renewAt, expiresAt, renewal};
}

function loginNeeded({exec, userName}: ExecSourceOptions): Problem {
	return {
		code: 'login',
		what: `Could not log in as ${userName}`,
		cause: `the login plugin ${exec.command} has to ask something`,
		remedy: 'Log in with it once, then try again.',
	};
}

function refusedProblem({exec, userName}: ExecSourceOptions): Problem {
	return {
		code: 'unauthorized',
		what: `Could not log in as ${userName}`,
		cause: `the server refused what the login plugin ${exec.command} gave, twice in a row`,
		remedy: 'Log in again with that plugin; the next try is in a minute, or on retry.',
		status: 401,
	};
}
