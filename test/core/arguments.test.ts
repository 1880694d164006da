import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readArguments, type Surroundings} from '../../source/core/arguments.ts';
import type {Invocation, PrintInvocation, ScreenInvocation} from '../../source/core/invocation.ts';
import {spellOut} from '../../source/core/spell-out.ts';
import {parseFlags} from '../../source/parse-flags.ts';

const terminal: Surroundings = {hasTerminal: true, isDumb: false};
const pipe: Surroundings = {hasTerminal: false, isDumb: false};
const dumb: Surroundings = {hasTerminal: true, isDumb: true};

function read(argv: readonly string[], surroundings = terminal): Invocation | string {
	const spelled = spellOut(argv);
	if (!spelled.ok) return spelled.refusal;
	const result = readArguments(parseFlags(spelled.argv), argv, surroundings);
	return result.ok ? result.invocation : result.refusal;
}

function print(argv: readonly string[], surroundings = terminal): PrintInvocation {
	const invocation = read(argv, surroundings);
	assert.ok(typeof invocation === 'object' && invocation.mode === 'print', JSON.stringify(invocation));
	return invocation;
}

function screen(argv: readonly string[]): ScreenInvocation {
	const invocation = read(argv);
	assert.ok(typeof invocation === 'object' && invocation.mode === 'screen', JSON.stringify(invocation));
	return invocation;
}

test('nothing opens the screen with the Overview, read-only by default', () => {
	assert.deepEqual(screen([]), {
		mode: 'screen',
		connection: {orDemo: false},
		diagnostics: {},
		selection: {targets: [], allNamespaces: false},
		screen: {ascii: false, motion: true, slow: false},
	});
});

const targets: ReadonlyArray<readonly [string, unknown]> = [
	['pods', [{kind: 'pods'}]],
	['pods,svc', [{kind: 'pods'}, {kind: 'svc'}]],
	[
		'pod web-1 web-2',
		[
			{kind: 'pod', name: 'web-1'},
			{kind: 'pod', name: 'web-2'},
		],
	],
	[
		'pods,svc web',
		[
			{kind: 'pods', name: 'web'},
			{kind: 'svc', name: 'web'},
		],
	],
	[
		'pod/web svc/web',
		[
			{kind: 'pod', name: 'web'},
			{kind: 'svc', name: 'web'},
		],
	],
	['deployments.v1.apps/web', [{kind: 'deployments.v1.apps', name: 'web'}]],
];
for (const [line, expected] of targets) {
	test(`words ${line}`, () => assert.deepEqual(print([...line.split(' '), '-o', 'text']).selection.targets, expected));
}

const refusals: ReadonlyArray<readonly [readonly string[], string]> = [
	[['--namepace', 'x'], 'There is no flag --namepace. Did you mean --namespace?'],
	[['--share=users'], '--share masks ip and names besides secrets, not users: write --share=ip,names.'],
	[['pods', '--since', '1m'], '--since goes with k8tui logs only.'],
	[['logs'], 'Name whose logs: k8tui logs web-1, k8tui logs deploy/web, or k8tui logs -l app=web.'],
	[['logs', 'web', '--since', 'soon'], 'soon is no duration. Write it as 30s, 15m, 2h or 1h30m.'],
	[['top', 'podz'], 'There is no top of podz. Did you mean pods? It shows nodes, pods, containers, workloads, namespaces.'],
	[['net', 'dsn'], 'There is no net view dsn. Did you mean dns? The views are dns, path, policy, probe, routes.'],
	[['net', 'path'], 'Name where to: k8tui net path web.shop:80, or a URL.'],
	[['net', '--probe', 'magic'], 'There is no way to probe called magic. It is one of exec, ephemeral, pod.'],
	[['-x'], 'There is no flag -x. k8tui --help lists them.'],
	[['-watch'], 'There is no flag -a. Did you mean --watch? k8tui --help lists them.'],
	[['pods', '-n'], '-n needs a value: -n NAMESPACE.'],
	[['pods', '-n', '-A'], '-n needs a value: -n NAMESPACE.'],
	[['pods', '--output', '--watch'], '--output needs a value: --output FORMAT.'],
	[['--watch=maybe'], '--watch takes no value, so =maybe cannot stand behind it.'],
	[['pods', '-o', 'jsno'], 'There is no output format jsno. Did you mean json? The formats are text, wide, json, yaml, jsonl and md.'],
	[['pods', '-o', 'svg'], 'There is no output format svg. The formats are text, wide, json, yaml, jsonl and md.'],
	[['pods', '--log-level', 'warn'], 'There is no log level warn. Did you mean warning? The levels are error, warning, info and debug.'],
	[['pods/web', 'svc', '-otext'], 'svc stands beside words like kind/name: write it as kind/name too.'],
	[['pods/', '-otext'], 'pods/ is not kind/name: one kind, a slash and one name.'],
	[['pods,svc/web', '-otext'], 'pods,svc/web is not kind/name: one kind, a slash and one name.'],
	[['pods,', '-otext'], 'A kind is missing in "pods,": name them as pods,services.'],
	[['pod', 'web', '-A', '-otext'], 'pod/web has to be looked up in one namespace: give it with -n instead of -A.'],
	[['pod', 'web', '-l', 'a=b', '-otext'], 'A name and a selector exclude each other.'],
	[['-o', 'json'], 'Nothing to print: name a kind, such as k8tui pods -o wide.'],
	[['--plain'], 'Nothing to print: name a kind, such as k8tui pods -o wide.'],
	[['pods,svc'], 'The screen shows one view at a time. Name one, or add -o text to print them all.'],
	[['pods', '--sort='], '--sort needs a column: --sort=restarts, or --sort=-restarts for the largest first.'],
	[['pods', '--reveal', '-o', 'md'], '--reveal goes with -o json or -o yaml; no other format shows the data of a Secret.'],
	[['pods', '--watch', '-o', 'yaml'], '--watch prints a line per change, which -o yaml cannot. Choose -o text or -o jsonl.'],
	[['--write', '--read-only'], '--write and --read-only exclude each other.'],
	[['--as-group', 'ops'], '--as-group and --as-uid need --as USER beside them.'],
	[
		['--demo=helthy'],
		'There is no demo story helthy. Did you mean healthy? The stories are healthy, crash-loop, oom-eviction, noisy-logs, no-endpoints, dns-same-node, overlay-broken, dns-upstream, policy-blocks-dns and ten-thousand-pods.',
	],
	[['--demo', '--context', 'prod'], '--demo contacts no cluster, so --context and --kubeconfig cannot stand beside it.'],
	[['--check', 'pods'], '--check looks at the connection as a whole, so pods cannot stand beside it.'],
	[['--check', '-o', 'yaml'], '--check prints text or json, not yaml.'],
];
for (const [argv, sentence] of refusals) test(`refuses ${argv.join(' ')}`, () => assert.equal(read(argv), sentence));

test('without a terminal a view is printed as text, and nothing is refused with the two ways on', () => {
	assert.equal(print(['pods'], pipe).format, 'text');
	assert.equal(print(['pods'], dumb).format, 'text');
	assert.equal(read([], pipe), 'There is no terminal to draw on. Name a kind to print it once, such as k8tui pods, or run k8tui --check.');
	assert.equal(
		read([], dumb),
		'This terminal has no full screen (TERM is dumb or not set). Name a kind to print it once, such as k8tui pods, or run k8tui --check.',
	);
});

test('a column may begin with a minus, glued on or apart', () => {
	for (const argv of [['--sort=-restarts'], ['--sort', '-restarts'], ['--sort', '-Restarts']]) {
		assert.deepEqual(screen(['pods', ...argv]).selection.sort, {by: 'restarts', descending: true});
	}
	assert.deepEqual(screen(['pods', '--sort', '-name']).selection.sort, {by: 'name', descending: true});
	assert.deepEqual(screen(['pods', '--sort', 'age']).selection.sort, {by: 'age', descending: false});
});

test('short flags alone, joined, and with their value glued on', () => {
	const invocation = print(['pods', '-Aw', '-ojsonl', '-lapp=web,tier!=db']);
	assert.deepEqual(invocation.selection, {targets: [{kind: 'pods'}], allNamespaces: true, labelSelector: 'app=web,tier!=db'});
	assert.equal(invocation.watch, true);
	assert.equal(invocation.format, 'jsonl');
	assert.equal(print(['pods', '-n=shop', '-o=wide']).connection.namespace, 'shop');
	assert.equal(print(['pods', '--all-namespaces=false', '--no-headers', '-owide']).selection.allNamespaces, false);
	assert.equal(print(['pods', '--no-headers', '-owide']).headers, false);
});

test('values arrive as they were given: quotes, blanks, equal signs, numbers, what looks like a flag', () => {
	for (const value of ['"web"', "'a b'", 'a=b', '1e3', '007', '', 'x\ny', '"', '--x']) {
		assert.equal(screen(['pods', `--filter=${value}`]).selection.filter, value);
	}
	assert.equal(screen(['pods', '--filter', '!web']).selection.filter, '!web');
	assert.equal(screen(['pods', '--field-selector', 'status.phase=Running']).selection.fieldSelector, 'status.phase=Running');
	assert.deepEqual(screen(['--', 'pods', '007']).selection.targets, [{kind: 'pods', name: '007'}]);
	assert.deepEqual(screen(['pods', '--', '-x']).selection.targets, [{kind: 'pods', name: '-x'}]);
});

test('who and where', () => {
	const {connection} = screen([
		'--kubeconfig',
		'/a/b',
		'--context=prod',
		'-n',
		'shop',
		'--as',
		'eve',
		'--as-group',
		'ops',
		'--as-group',
		'x,y',
		'--as-uid',
		'7',
		'--or-demo',
	]);
	assert.deepEqual(connection, {
		kubeconfig: '/a/b',
		context: 'prod',
		namespace: 'shop',
		impersonate: {user: 'eve', groups: ['ops', 'x,y'], uid: '7'},
		orDemo: true,
	});
	assert.equal(screen(['-n', 'a', '-n', 'b']).connection.namespace, 'b');
});

test('--demo alone, with a story, before a kind', () => {
	assert.equal(screen(['--demo']).connection.demo, 'healthy');
	assert.equal(screen(['--demo', 'oom-eviction']).connection.demo, 'oom-eviction');
	assert.equal(screen(['--demo=no-endpoints']).connection.demo, 'no-endpoints');
	const withKind = screen(['--demo', 'pods']);
	assert.equal(withKind.connection.demo, 'healthy');
	assert.deepEqual(withKind.selection.targets, [{kind: 'pods'}]);
});

test('look, level and diagnostics of the screen', () => {
	const invocation = screen(['--theme', 'cvd', '--ascii', '--no-motion', '--slow', '--write', '--log-level', 'debug', '--log-file', '/l', '--profile', '/p']);
	assert.deepEqual(invocation.screen, {level: 'write', theme: 'cvd', ascii: true, motion: false, slow: true});
	assert.deepEqual(invocation.diagnostics, {logLevel: 'debug', logFile: '/l', profile: '/p'});
	assert.equal(screen(['--read-only']).screen.level, 'read-only');
});

test('help, version and check', () => {
	assert.deepEqual(read(['pods', '-h']), {mode: 'help'});
	assert.deepEqual(read(['--version']), {mode: 'version'});
	assert.deepEqual(read(['--check', '-ojson', '--context', 'c'], pipe), {
		mode: 'check',
		connection: {context: 'c', orDemo: false},
		diagnostics: {},
		format: 'json',
	});
});

test('the command of a caption can be pasted into a shell', () => {
	assert.equal(
		print(['pods', '-n', 'shop', '--filter', "status!=Running it's", '-o', 'md']).command,
		"k8tui pods -n shop --filter 'status!=Running it'\\''s' -o md",
	);
});
