import type {StreamState} from './feed.ts';
import type {Item, KubeObject, Ref} from './kubernetes.ts';
import type {LastLog} from './logs/last-log.ts';
import type {ResourceType} from './resource-type.ts';
import type {Tone} from './tone.ts';
import type {ObjectMetrics} from './top/object-metrics.ts';

/** An object that has to do with this one: owner, selected pods, mounted ConfigMap, bound volume. */
export type Related = Readonly<{
	/** How: `owner`, `owned`, `node`, `selects`, `selected by`, `mounts`, `env from`, `service account`, `claims`, `backend` … */
	relation: string;
	/** Qualified plural of its kind. */
	kind: string;
	ref: Ref;
	/** ok, missing, denied or not looked up. */
	state: 'present' | 'missing' | 'denied' | 'unchecked';
	tone: Tone;
	/** A few words: `3/3 ready`. */
	detail?: string;
}>;

/** What the object page shows: the object itself by a watch of its own, its events, what is around it. */
export type ObjectModel = Readonly<{
	type: ResourceType;
	ref: Ref;
	/** undefined: not read yet, or never there (see `data`). */
	object?: KubeObject;
	/** deleted: it was here and is gone; the last state stays on screen. missing: it never was. */
	data: 'none' | 'ready' | 'missing' | 'deleted';
	stream: StreamState;
	/** The state of its kind's rules. */
	tone: Tone;
	why?: string;
	/** Newest first. undefined: not read yet. */
	events?: readonly Item[];
	eventsStream: StreamState;
	related: readonly Related[];
	/** Of a pod or a node, where its use is looked at. */
	metrics?: ObjectMetrics;
	/** Of a pod whose container failed, where it is looked at. */
	lastLog?: LastLog;
	/** The YAML of the whole object (Secrets masked), made when asked for. */
	yaml(options: Readonly<{managedFields: boolean; revealed: readonly string[]}>): readonly string[];
}>;
