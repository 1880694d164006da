import type {SortOrder} from './table.ts';

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
}>;

/** Where the log goes, and the folder for `--profile`. */
export type Diagnostics = Readonly<{logLevel?: (typeof invocationLogLevels)[number]; logFile?: string; profile?: string}>;

export type ScreenInvocation = Readonly<{
	mode: 'screen';
	connection: ConnectionWish;
	diagnostics: Diagnostics;
	/** No target: the Overview. At most one. A word that is no kind may be a view: `contexts`. */
	selection: Selection;
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
	headers: boolean;
	/** The command line, quoted for a shell: for the caption of `-o md`. */
	command: string;
}>;

export type CheckInvocation = Readonly<{mode: 'check'; connection: ConnectionWish; diagnostics: Diagnostics; format: 'text' | 'json'}>;

/** What a command line asks for. */
export type Invocation = ScreenInvocation | PrintInvocation | CheckInvocation | Readonly<{mode: 'help'}> | Readonly<{mode: 'version'}>;
