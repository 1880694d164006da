import type {SortOrder} from './table.ts';
import type {TopLevel} from './top/top-view.ts';

export const outputFormats = ['text', 'wide', 'json', 'yaml', 'jsonl', 'md'] as const;
export type OutputFormat = (typeof outputFormats)[number];
/** As in system/log.ts. */
export const invocationLogLevels = ['error', 'warning', 'info', 'debug'] as const;

/** Which cluster, as whom. `namespace` is what -n said; the context's own comes later. */
export type ConnectionWish = Readonly<{
	kubeconfig?: string;
	context?: string;
	namespace?: string;
	impersonate?: Readonly<{user: string; groups: readonly string[]; uid?: string}>;
	/** The embedded demo cluster with this story. */
	demo?: string;
	/** The demo, but only where there is no kubeconfig. */
	orDemo: boolean;
}>;

/** A kind as typed, and one of its objects: `pods`, `deploy/web`. */
export type Target = Readonly<{kind: string; name?: string}>;

/** What is looked at. */
export type Selection = Readonly<{
	targets: readonly Target[];
	allNamespaces: boolean;
	labelSelector?: string;
	fieldSelector?: string;
	filter?: string;
	sort?: SortOrder;
}>;

/** How the full screen looks and behaves. */
export type ScreenWish = Readonly<{
	/** read-only pins the level; undefined: the settings decide. */
	level?: 'write' | 'read-only';
	theme?: string;
	ascii: boolean;
	motion: boolean;
	slow: boolean;
	/** The mode in which people watch: `ip` and `names` mask those as well. */
	share?: ShareWish;
}>;

export type ShareWish = Readonly<{addresses: boolean; names: boolean}>;

/** Where the log goes, and the folder for `--profile`. */
export type Diagnostics = Readonly<{logLevel?: (typeof invocationLogLevels)[number]; logFile?: string; profile?: string}>;

export type ScreenInvocation = Readonly<{
	mode: 'screen';
	connection: ConnectionWish;
	diagnostics: Diagnostics;
	/** No target: the Overview. At most one. A word that is no kind may be a view: `contexts`. */
	selection: Selection;
	/** `logs`, `top`, `net` with what stood behind them; then the selection is empty. */
	view?: ViewWish;
	screen: ScreenWish;
}>;

export type PrintInvocation = Readonly<{
	mode: 'print';
	connection: ConnectionWish;
	diagnostics: Diagnostics;
	/** At least one target. */
	selection: Selection;
	format: OutputFormat;
	watch: boolean;
	/** Secret data as it is. */
	reveal: boolean;
	/** Masked like the screen of the share mode. */
	share: boolean;
	headers: boolean;
	/** The command line, quoted for a shell: for the caption of `-o md`. */
	command: string;
}>;

export type CheckInvocation = Readonly<{mode: 'check'; connection: ConnectionWish; diagnostics: Diagnostics; format: 'text' | 'json'}>;

/** `k8tui logs`. */
export type LogsWish = Readonly<{
	/** `web-1` (a pod), `deploy/web`; none with a selector. At most one. */
	target?: Target;
	labelSelector?: string;
	allNamespaces: boolean;
	container?: string;
	allContainers: boolean;
	sinceMs?: number;
	tail?: number;
	previous: boolean;
	follow: boolean;
	include: readonly string[];
	exclude: readonly string[];
	level?: string;
	events: boolean;
}>;
export type LogsInvocation = Readonly<{
	mode: 'logs';
	connection: ConnectionWish;
	diagnostics: Diagnostics;
	wish: LogsWish;
	format: 'text' | 'json';
	share: boolean;
}>;

/** `k8tui top`. */
export type TopWish = Readonly<{
	level: TopLevel;
	name?: string;
	/** Only what runs on this node: `node/n1`. */
	node?: string;
	/** Only what belongs to this workload, by its kind: `deploy/web`. */
	workload?: Readonly<{kind: string; name: string}>;
	allNamespaces: boolean;
	labelSelector?: string;
	sort?: SortOrder;
}>;
export type TopInvocation = Readonly<{
	mode: 'top';
	connection: ConnectionWish;
	diagnostics: Diagnostics;
	wish: TopWish;
	format: 'text' | 'json';
	headers: boolean;
	share: boolean;
}>;

/** `k8tui net`. Pods are written as they were typed. */
export type NetWish = Readonly<{
	view: 'dns' | 'path' | 'policy' | 'probe' | 'routes';
	destination?: string;
	from?: string;
	to?: string;
	port?: string;
	name?: string;
	/** Path of a file with NetworkPolicies. */
	whatIf?: string;
	/** The consent, for this run alone. */
	probe?: 'exec' | 'ephemeral' | 'pod';
	image?: string;
	allNamespaces: boolean;
}>;
export type NetInvocation = Readonly<{
	mode: 'net';
	connection: ConnectionWish;
	diagnostics: Diagnostics;
	wish: NetWish;
	format: 'text' | 'json' | 'md';
	/** `--read-only` stands beside: probes are refused. */
	readOnly: boolean;
	share: boolean;
	command: string;
}>;

/** A view of the full screen that takes words of its own. */
export type ViewWish = Readonly<{logs: LogsWish} | {top: TopWish} | {net: NetWish}>;

/** What a command line asks for. */
export type Invocation =
	| ScreenInvocation
	| PrintInvocation
	| CheckInvocation
	| LogsInvocation
	| TopInvocation
	| NetInvocation
	| Readonly<{mode: 'help'}>
	| Readonly<{mode: 'version'}>;
