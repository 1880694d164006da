/** Whether something follows a flag: nothing, a value, a value each time it is given, or a value that may be left out. */
type Takes = 'nothing' | 'one' | 'many' | 'optional';
export type Flag = Readonly<{name: string; letter?: string; takes: Takes; value?: string}>;

/** Every flag of the command line, under its long name. */
export const flags: readonly Flag[] = [
	{name: 'namespace', letter: 'n', takes: 'one', value: 'NAMESPACE'},
	{name: 'all-namespaces', letter: 'A', takes: 'nothing'},
	{name: 'selector', letter: 'l', takes: 'one', value: 'LABELS'},
	{name: 'field-selector', takes: 'one', value: 'FIELDS'},
	{name: 'filter', takes: 'one', value: 'EXPRESSION'},
	{name: 'sort', takes: 'one', value: '[-]COLUMN'},
	{name: 'context', takes: 'one', value: 'CONTEXT'},
	{name: 'kubeconfig', takes: 'one', value: 'PATH'},
	{name: 'as', takes: 'one', value: 'USER'},
	{name: 'as-group', takes: 'many', value: 'GROUP'},
	{name: 'as-uid', takes: 'one', value: 'UID'},
	{name: 'output', letter: 'o', takes: 'one', value: 'FORMAT'},
	{name: 'watch', letter: 'w', takes: 'nothing'},
	{name: 'reveal', takes: 'nothing'},
	{name: 'no-headers', takes: 'nothing'},
	{name: 'write', takes: 'nothing'},
	{name: 'read-only', takes: 'nothing'},
	{name: 'demo', takes: 'optional', value: 'STORY'},
	{name: 'or-demo', takes: 'nothing'},
	{name: 'theme', takes: 'one', value: 'NAME'},
	{name: 'ascii', takes: 'nothing'},
	{name: 'no-motion', takes: 'nothing'},
	{name: 'slow', takes: 'nothing'},
	{name: 'plain', takes: 'nothing'},
	{name: 'check', takes: 'nothing'},
	{name: 'share', takes: 'optional', value: 'ip,names'},
	{name: 'container', letter: 'c', takes: 'one', value: 'CONTAINER'},
	{name: 'all-containers', takes: 'nothing'},
	{name: 'since', takes: 'one', value: 'DURATION'},
	{name: 'tail', takes: 'one', value: 'LINES'},
	{name: 'previous', letter: 'p', takes: 'nothing'},
	{name: 'follow', letter: 'f', takes: 'nothing'},
	{name: 'include', takes: 'many', value: 'REGEX'},
	{name: 'exclude', takes: 'many', value: 'REGEX'},
	{name: 'level', takes: 'one', value: 'LEVEL'},
	{name: 'events', takes: 'nothing'},
	{name: 'from', takes: 'one', value: 'NAMESPACE/POD'},
	{name: 'to', takes: 'one', value: 'NAMESPACE/POD'},
	{name: 'port', takes: 'one', value: 'PORT'},
	{name: 'name', takes: 'one', value: 'NAME'},
	{name: 'what-if', takes: 'one', value: 'FILE'},
	{name: 'probe', takes: 'one', value: 'exec|ephemeral|pod'},
	{name: 'image', takes: 'one', value: 'IMAGE'},
	{name: 'log-level', takes: 'one', value: 'LEVEL'},
	{name: 'log-file', takes: 'one', value: 'PATH'},
	{name: 'profile', takes: 'one', value: 'FOLDER'},
	{name: 'help', letter: 'h', takes: 'nothing'},
	{name: 'version', takes: 'nothing'},
];

/** Flags and words as they were given, typed; made by source/parse-flags.ts. */
export type ParsedFlags = Readonly<{
	words: readonly string[];
	flags: Readonly<{
		namespace?: string | undefined;
		allNamespaces: boolean;
		selector?: string | undefined;
		fieldSelector?: string | undefined;
		filter?: string | undefined;
		sort?: string | undefined;
		context?: string | undefined;
		kubeconfig?: string | undefined;
		as?: string | undefined;
		asGroup: readonly string[];
		asUid?: string | undefined;
		output?: string | undefined;
		watch: boolean;
		reveal: boolean;
		headers: boolean;
		write: boolean;
		readOnly: boolean;
		/** '' when no story was named. */
		demo?: string | undefined;
		orDemo: boolean;
		theme?: string | undefined;
		ascii: boolean;
		motion: boolean;
		slow: boolean;
		plain: boolean;
		check: boolean;
		/** '' when nothing was named. */
		share?: string | undefined;
		container?: string | undefined;
		allContainers: boolean;
		since?: string | undefined;
		tail?: string | undefined;
		previous: boolean;
		follow: boolean;
		include: readonly string[];
		exclude: readonly string[];
		level?: string | undefined;
		events: boolean;
		from?: string | undefined;
		to?: string | undefined;
		port?: string | undefined;
		name?: string | undefined;
		whatIf?: string | undefined;
		probe?: string | undefined;
		image?: string | undefined;
		logLevel?: string | undefined;
		logFile?: string | undefined;
		profile?: string | undefined;
		help: boolean;
		version: boolean;
	}>;
}>;
