import type {Problem} from '../core/problem.ts';

/** How the login stands, for the connection panel. */
export type CredentialState = Readonly<
	| {state: 'ready'}
	/** A login plugin runs; `says` is its error output so far (device codes stand there). */
	| {state: 'running'; since: number; says: string}
	/** Only a person can go on: the plugin wants to ask something. */
	| {state: 'login-needed'; problem: Problem}
	| {state: 'failed'; problem: Problem}
	/** The server refused fresh credentials too; nothing is sent before `until` unless the user asks. */
	| {state: 'refused'; problem: Problem; until: number}
>;
