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
		logLevel?: string | undefined;
		logFile?: string | undefined;
		profile?: string | undefined;
		help: boolean;
		version: boolean;
	}>;
}>;
