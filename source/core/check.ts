import type {Finding} from './finding.ts';
import type {KubeObject} from './kubernetes.ts';
import type {Observation} from './observation.ts';
import type {Once} from './once.ts';
import type {Problem} from './problem.ts';

/** Could this kind be read? `absent`: the server does not have it. */
export type Readability = Readonly<{state: 'ready' | 'loading' | 'absent'} | {state: 'denied' | 'failed'; problem: Problem}>;

/** What checks look at: one moment of the cluster. Kinds by qualified plural name: `pods`, `endpointslices.discovery.k8s.io`. */
export type ClusterView = Readonly<{
	/** Server time, ms. */
	now: number;
	/** One-shot run: grace periods are taken from the objects' own timestamps, else it is told at once as likely. */
	oneShot: boolean;
	/** The DNS domain of the cluster: `cluster.local`. */
	clusterDomain: string;
	all<O extends KubeObject>(kind: string): readonly O[];
	readable(kind: string): Readability;
	/** In one namespace: where a list of the whole cluster is denied some namespaces may still have been read. Without it `readable` holds everywhere. */
	readIn?(kind: string, namespace: string): Readability;
	/** Every observation of this probe, newest first. */
	observed<T>(probe: string): ReadonlyArray<Observation<T>>;
	/** What several checks need of this moment, made once: indexes over thousands of objects. */
	once?: Once;
}>;

/** One rule of diagnosis.md 2, or a few under one heading. Where a kind of `reads` is not readable the engine reports NOT_CHECKED in its place. */
export type Check = Readonly<{
	/** The finding ids that it can give. */
	ids: readonly string[];
	title: string;
	family: string;
	/** Kinds without which it cannot judge. */
	reads: readonly string[];
	/** How long a fault must hold before it is told, ms. */
	graceMs: number;
	run(view: ClusterView): Iterable<Finding>;
}>;
