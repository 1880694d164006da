import type {Item, KubeObject} from './kubernetes.ts';
import type {CellContext, Column} from './table.ts';
import type {Tone} from './tone.ts';

/** What k8tui knows of a kind beyond what the server prints: one file each in resources/. */
export type ResourceKind<O extends KubeObject = KubeObject> = Readonly<{
	apiVersion: string;
	kind: string;
	plural: string;
	/** Words for `:` beside what discovery says (plural, singular, short names). */
	aliases: readonly string[];
	scope: 'namespaced' | 'cluster';
	/** object: whole objects are streamed (bounded kinds whose columns need them). */
	mode: 'metadata' | 'object';
	/** The health family of the Overview it counts in. */
	family?: Family;
	/** Other kinds (plural names) whose items columns or tone look at. */
	beside?: readonly string[];
	/**
	 * What of an item beside matters here, by plural; undefined: nothing. Rows are judged again only when a fact changes:
	 * 1,000 nodes report every few seconds, and none of it concerns their pods. Without an entry every change counts.
	 */
	besideFacts?: Readonly<Record<string, (item: Item) => string | undefined>>;
	/** Kinds beside whose printed cells are enough, but for items about which this is true: whole objects are watched while there is one. */
	besideDoubts?: Readonly<Record<string, (item: Item) => boolean>>;
	/** The columns on the screen. `-o text` prints the server's own. */
	columns: ReadonlyArray<Column<O>>;
	sort: Readonly<{by: string; descending?: boolean}>;
	/** The state of one object: drawn as symbol and colour of its row. Rules: screens.md 7. */
	tone?(item: Item<O>, context: CellContext): Tone;
	/** A few words on why the tone is warning or error: `0/3 ready`. Shown in the Overview and the preview. */
	why?(item: Item<O>, context: CellContext): string | undefined;
	/** Since when it is warning or error, ms since the epoch, where the item tells it. */
	since?(item: Item<O>, context: CellContext): number | undefined;
	/** What every list of it lacks, in a few words: `older ones expire`. */
	note?: string;
	/** The column whose text takes the tone; default: the one with id `status`. */
	tonedColumn?: string;
	/** What Enter does: open the object page (default), list a workload's pods, go into a namespace, or to what an event is about. */
	enter?: 'object' | 'pods' | 'namespace' | 'containers' | 'regarding';
}>;

export const families = ['control-plane', 'nodes', 'workloads', 'network', 'storage', 'autoscale', 'metrics'] as const;
export type Family = (typeof families)[number];
