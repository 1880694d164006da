import type {Confidence, Evidence, Finding, Remedy} from '../finding.ts';
import type {Ref} from '../kubernetes.ts';
import type {ProbeCell} from './cell.ts';

/** What a run comes to. Never absent: NET_NO_FAULT_REPRODUCED, NET_NOT_PROBED, PATH_OK and NET_INCONCLUSIVE are verdicts too. */
export type Verdict = Readonly<{
	id: string;
	title: string;
	confidence: Confidence;
	severity: Finding['severity'] | 'none' | 'undecided';
	subject: Ref;
	evidence: readonly Evidence[];
	remedy: readonly Remedy[];
}>;

/** `id` was considered and does not hold, because `why`. */
export type RuledOut = Readonly<{id: string; why: string}>;
/** `what` was not looked at, because `why`. */
export type NotChecked = Readonly<{what: string; why: string}>;

/** A step of a traced path. `predicted`: below the break, or only derived. */
export type PathStep = Readonly<{
	title: string;
	state: 'ok' | 'broken' | 'warning' | 'unknown' | 'predicted';
	evidence: readonly string[];
	ref?: Ref;
}>;

/** A way into the cluster: a host and path of an Ingress, a listener, a port of a Service. */
export type WayIn = Readonly<{
	type: string;
	/** `shop/public`. */
	object: string;
	ref: Ref;
	entry: string;
	backend: string;
	state: 'ok' | 'broken' | 'warning' | 'unknown';
	/** `2/2`, `missing`, `programmed`. */
	ready: string;
	/** `61d`, `exists`, `missing`, `wrong host`, `-`. */
	tls: string;
	/** The class with the ready pods of its controller: `nginx 2/2`. */
	served: string;
	details: readonly string[];
}>;

export type NetReport = Readonly<{
	verdict: Verdict;
	findings: readonly Finding[];
	ruledOut: readonly RuledOut[];
	notChecked: readonly NotChecked[];
	/** Pods that were probed from: `namespace/name`. */
	sources?: readonly string[];
	cells?: readonly ProbeCell[];
	steps?: readonly PathStep[];
	/** Of routes. */
	waysIn?: readonly WayIn[];
	/** Of a policy question; null: cannot be told. */
	allowed?: boolean | null;
	why?: readonly string[];
	/** What a probe left in the cluster. */
	leftBehind?: readonly string[];
}>;
