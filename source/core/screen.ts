import type {Ref} from './kubernetes.ts';
import type {LogsView} from './logs/logs-screen.ts';
import type {NetworkView} from './net/network-view.ts';
import type {SortOrder} from './table.ts';
import type {TopView} from './top/top-view.ts';

/** Where one stands in a page: the focused line's id, the first line shown, a search. */
type Reading = Readonly<{cursor?: string; top: number; search?: string | undefined}>;

export type TableScreen = Readonly<{
	type: 'table';
	/** Qualified plural name: `pods`, `deployments.apps`. */
	kind: string;
	/** undefined: all namespaces. */
	namespace?: string;
	labelSelector?: string;
	fieldSelector?: string;
	/** What the rows belong to, for the crumb: the Deployment whose pods these are. */
	of?: Ref;
	filter: string;
	sort?: SortOrder;
	wide: boolean;
	faultsOnly: boolean;
	/** Row id; undefined: the first row. */
	cursor?: string;
	/** Line of the screen, among those for rows, on which the cursor's row stands: it stays there while rows come and go above it. */
	line: number;
	/** How many columns (after NAME) are scrolled off to the left. */
	firstColumn: number;
	marks: readonly string[];
	/** The column picked with Shift and an arrow, by id. */
	column?: string;
}>;

export const objectTabs = ['summary', 'yaml', 'events', 'metrics', 'related'] as const;
export type ObjectTab = (typeof objectTabs)[number];

/** The tabs that the object page of a kind has. */
export function objectTabsOf(ref: Pick<Ref, 'apiVersion' | 'kind'>): readonly ObjectTab[] {
	const isMeasured = ref.apiVersion === 'v1' && (ref.kind === 'Pod' || ref.kind === 'Node');
	return objectTabs.filter(tab => tab !== 'metrics' || isMeasured);
}

export type ObjectScreen = Reading &
	Readonly<{
		type: 'object';
		/** Qualified plural name of its kind. */
		kind: string;
		ref: Ref;
		tab: ObjectTab;
		managedFields: boolean;
		/** Secret keys decoded on request. */
		revealed: readonly string[];
		/** A container of a pod, when the page was opened on one. */
		container?: string;
		fullScreen: boolean;
		/** Columns scrolled to the right in YAML. */
		left: number;
	}>;

export type LogsScreen = Reading & LogsView & Readonly<{type: 'logs'}>;
export type TopScreen = Reading & TopView & Readonly<{type: 'top'}>;
export type NetworkScreen = Reading &
	NetworkView &
	Readonly<{
		type: 'network';
		/** Probes were sent from here. */
		probed?: boolean;
	}>;

export type Screen =
	| TableScreen
	| ObjectScreen
	| LogsScreen
	| TopScreen
	| NetworkScreen
	| (Reading & Readonly<{type: 'overview'}>)
	| (Reading & Readonly<{type: 'contexts'}>)
	| (Reading & Readonly<{type: 'calls'}>)
	| (Reading & Readonly<{type: 'notices'}>)
	| (Reading & Readonly<{type: 'aliases'}>)
	| (Reading & Readonly<{type: 'help'; about: Screen['type']; filter: string}>)
	| (Reading & Readonly<{type: 'start'}>);

/** A page: every screen but the table. */
export type PageScreen = Exclude<Screen, TableScreen>;
