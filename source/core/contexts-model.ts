import type {ContextInfo} from './cluster-client.ts';
import type {Problem} from './problem.ts';

/** How a context's cluster answers: asked once when the screen opens, again on reload. */
export type Reach = Readonly<{state: 'asking' | 'not-asked'} | {state: 'reached'; version: string; latencyMs: number} | {state: 'failed'; problem: Problem}>;

export type ContextsModel = Readonly<{
	current: string;
	contexts: ReadonlyArray<Readonly<{info: ContextInfo; reach: Reach}>>;
	/** Files that were read, in order. */
	files: readonly string[];
	problem?: Problem;
}>;

/** What was looked at before the first-start screen, in order. */
export type StartModel = Readonly<{
	looked: ReadonlyArray<Readonly<{place: string; found: string}>>;
	version: string;
	/** A k3s file that exists and cannot be read by this user. */
	k3s?: string;
}>;
