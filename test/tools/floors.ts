/** What the files of one floor may import. Floors are the folders of source/, and its two entry files. */
export type Floor = Readonly<{
	floors: readonly string[];
	packages: readonly string[];
	/** Node's own modules: any of them, none, or those named. */
	node: 'any' | readonly string[];
	/** From these floors only `import type`. */
	typesOf?: readonly string[];
}>;

const record: Floor = {floors: ['core'], packages: [], node: []};

/** The table of docs/decisions/0001-floors.md, as data: test/tree.test.ts holds every import against it. */
export const floors: Readonly<Record<string, Floor>> = {
	core: {floors: ['core'], packages: ['string-width', 'slice-ansi'], node: []},
	actions: {...record, floors: ['core', 'actions']},
	resources: record,
	commands: record,
	checks: record,
	probes: record,
	themes: record,
	pages: {...record, floors: ['core', 'pages']},
	print: {...record, floors: ['core', 'print']},
	store: {floors: ['core', 'store'], packages: [], node: []},
	kube: {floors: ['core', 'kube'], packages: ['@kubernetes/client-node', 'undici', 'ws', 'yaml', 'socks'], node: 'any'},
	demo: {floors: ['demo'], packages: ['ws', 'yaml'], node: 'any', typesOf: ['core']},
	effects: {floors: ['core', 'store', 'kube', 'effects'], packages: [], node: []},
	ui: {
		floors: ['core', 'store', 'actions', 'resources', 'commands', 'checks', 'probes', 'themes', 'pages', 'ui'],
		packages: ['ink', 'react', 'string-width', 'slice-ansi', 'fuzzysort'],
		node: [],
	},
	system: {floors: ['core', 'system'], packages: ['smol-toml'], node: 'any'},
	'cli.ts': {floors: ['core', 'main.ts', 'parse-flags.ts', 'help-text.ts'], packages: [], node: 'any'},
	'parse-flags.ts': {floors: ['core'], packages: ['meow'], node: []},
	'help-text.ts': {floors: [], packages: [], node: []},
	/** main.ts and the files beside it: they build everything and connect it. */
	'main.ts': {
		floors: [
			'core',
			'actions',
			'resources',
			'commands',
			'checks',
			'probes',
			'themes',
			'pages',
			'print',
			'store',
			'kube',
			'demo',
			'effects',
			'ui',
			'system',
			'main.ts',
		],
		packages: ['ink', 'react'],
		node: 'any',
	},
};

/** The floor of a file of source/. */
export function floorOf(path: string): string {
	const [, name = ''] = path.split('/');
	return /\.tsx?$/.test(name) && !(name in floors) ? 'main.ts' : name;
}

/** What core/ may not touch, being pure: each with the word a reader knows it by. */
export const impure: ReadonlyArray<readonly [RegExp, string]> = [
	[/\bprocess\./, 'process'],
	[/\bDate\.now\(/, 'Date.now'],
	[/\bnew Date\(\)/, 'new Date()'],
	[/\bset(?:Timeout|Interval|Immediate)\(/, 'timers'],
	[/\bMath\.random\(/, 'randomness'],
	[/\bperformance\.now\(/, 'performance.now'],
];
