import type {Ref} from './kubernetes.ts';

export const severities = ['critical', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];
/** proven: read directly or probed; likely: derived; possible: a pattern only. */
export type Confidence = 'proven' | 'likely' | 'possible';

/** Where a fact was read: JSON path (or log line, probe) and the value. Never Secret data, env values, tokens. */
export type Evidence = Readonly<{ref: Ref; path: string; value: string}>;
/** `command`: the exact kubectl (or host) line; `changes`: it changes something. */
export type Remedy = Readonly<{text: string; command: string; changes: boolean}>;

/** One thing that is wrong, or could not be looked at. Stable across releases: it is the JSON of `k8tui net`. */
export type Finding = Readonly<{
	/** `SVC_SELECTOR_NO_POD`: an id of diagnosis.md 2 or 4.5. */
	id: string;
	family: string;
	severity: Severity;
	/** coverage: not checked, and why. */
	class: 'fault' | 'practice' | 'coverage';
	confidence: Confidence;
	subject: Ref;
	/** One line that names the object first. */
	title: string;
	/** ms since the epoch: start of the bad state, where known. RFC 3339 in JSON. */
	since?: number;
	evidence: readonly Evidence[];
	remedy: readonly Remedy[];
	/** Keys of the findings that explain this one; filled by ranking. */
	causes: readonly string[];
	/** id and subject: the same fault found again has the same key. */
	key: string;
}>;

/** The key of a finding: `ID namespace/name`, with the kind, and a part of the object where one is meant. */
export function findingKey(id: string, subject: Ref, part = ''): string {
	const name = subject.namespace === undefined ? subject.name : `${subject.namespace}/${subject.name}`;
	return [id, subject.kind, name, part].filter(word => word !== '').join(' ');
}
