import type {ContextInfo} from './cluster-client.ts';
import type {StreamState} from './feed.ts';
import type {Ref} from './kubernetes.ts';
import type {Problem} from './problem.ts';
import type {Family} from './resource-kind.ts';
import type {Tone} from './tone.ts';
import type {MissingStep} from './top/missing-step.ts';

/** An object that is not well, with the words of its kind's `why`. */
export type Trouble = Readonly<{
	/** Qualified plural; undefined: no object of the API but a check of the server (`readyz/etcd`), which cannot be opened. */
	kind?: string;
	ref: Ref;
	tone: Tone;
	why: string;
	/** ms since the epoch. */
	since?: number;
}>;

/** Health of one family, from live counts and statuses. */
export type FamilyHealth = Readonly<{
	family: Family;
	ok: number;
	warning: number;
	error: number;
	/** Progressing, terminating, unknown. */
	other: number;
	/** Gravest first. */
	troubles: readonly Trouble[];
	/** Kinds of it that could not be read, with the reason. Never counted as ok. */
	notRead: ReadonlyArray<Readonly<{kind: string; problem: Problem}>>;
	/** Not known yet: first lists are still coming. */
	loading: boolean;
	/** One more fact where there is nothing wrong: `readyz 52/52 ok`. */
	fact?: string;
}>;

/** A pod and what it uses, in millicores or bytes. */
export type Consumer = Readonly<{namespace: string; name: string; value: number}>;

/** The pods that use the most CPU and memory, the largest first. */
export type Consumers = Readonly<{
	cpu: readonly Consumer[];
	memory: readonly Consumer[];
	/** Why they are not measured, or no longer. */
	missing?: MissingStep;
	/** Of the newest sample. */
	at?: number;
	windowMs?: number;
}>;

export type OverviewModel = Readonly<{
	context: ContextInfo;
	families: readonly FamilyHealth[];
	counts: Readonly<{nodes?: number; namespaces?: number; pods?: number}>;
	/** Per minute, oldest first, of the last 30 minutes as far as the session has seen; undefined while events are unread. */
	eventsPerMinute?: readonly number[];
	/** The newest Warning events, newest first; `kind` is the qualified plural of what they are about, where the server has it. */
	warnings: ReadonlyArray<Readonly<{kind?: string; ref: Ref; reason: string; message: string; count: number; at: number}>>;
	/** undefined until the metrics API has answered. */
	consumers?: Consumers;
	stream: StreamState;
	watching: number;
	denied: number;
}>;
