import {type Evidence, type Finding, findingKey} from '../finding.ts';
import type {Ref} from '../kubernetes.ts';

type Needed = Pick<Finding, 'id' | 'family' | 'severity' | 'confidence' | 'subject' | 'title'>;
type Added = Partial<Pick<Finding, 'class' | 'since' | 'evidence' | 'remedy'>> &
	Readonly<{/** What of the object is meant, where it has several: an upstream, a node. */ part?: string}>;

/** A finding of class fault unless said otherwise, with its key. */
export function fault({part, ...parts}: Needed & Added): Finding {
	return {class: 'fault', evidence: [], remedy: [], causes: [], ...parts, key: findingKey(parts.id, parts.subject, part)};
}

/** A fact and where it was read. */
export function fact(ref: Ref, path: string, value: string): Evidence {
	return {ref, path, value};
}
