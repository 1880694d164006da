import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type CompletionSources, completions, type ParsedCommand, parseCommand} from '../../source/core/command-line.ts';

const cases: ReadonlyArray<readonly [string, Partial<ParsedCommand>]> = [
	['', {}],
	['pods', {kind: 'pods'}],
	['pods shop', {kind: 'pods', namespace: 'shop'}],
	['pods -n shop', {kind: 'pods', namespace: 'shop'}],
	['pods --namespace=shop', {kind: 'pods', namespace: 'shop'}],
	['pods -A', {kind: 'pods', allNamespaces: true}],
	['pods all', {kind: 'pods', allNamespaces: true}],
	['pods app=web,tier!=db', {kind: 'pods', labelSelector: 'app=web,tier!=db'}],
	['pods -l app=web shop', {kind: 'pods', labelSelector: 'app=web', namespace: 'shop'}],
	['pods -l "app in (a, b)" tier=x', {kind: 'pods', labelSelector: 'app in (a, b),tier=x'}],
	['pods app notin (a, b) shop', {kind: 'pods', labelSelector: 'app notin (a,b)', namespace: 'shop'}],
	['pods @prod shop', {kind: 'pods', context: 'prod', namespace: 'shop'}],
	['pods --context prod', {kind: 'pods', context: 'prod'}],
	['pods shop /status!=Running cpu>5m', {kind: 'pods', namespace: 'shop', filter: 'status!=Running cpu>5m'}],
	['pods /web @prod', {kind: 'pods', filter: 'web', context: 'prod'}],
	['pods /^web-\\d/', {kind: 'pods', filter: '/^web-\\d/'}],
	['pods /"a b"', {kind: 'pods', filter: '"a b"'}],
	['pods /', {kind: 'pods'}],
	['@prod', {kind: '@prod'}],
	['deploy/web shop', {kind: 'deploy', name: 'web', namespace: 'shop'}],
	['deploy/', {kind: 'deploy'}],
	['42', {row: 42}],
	['  ctx   prod-eu1 ', {kind: 'ctx', namespace: 'prod-eu1'}],
	['pods shop data', {kind: 'pods', namespace: 'shop', unknown: ['data']}],
	['pods --wide', {kind: 'pods', unknown: ['--wide']}],
	['pods -n', {kind: 'pods', unknown: ['-n']}],
	['pods.metrics.k8s.io', {kind: 'pods.metrics.k8s.io'}],
];
for (const [text, expected] of cases) {
	test(`:${text}`, () => {
		const {rest: _, word, ...found} = parseCommand(text);
		assert.deepEqual(found, {allNamespaces: false, unknown: [], ...expected});
		assert.equal(word, expected.kind ?? (expected.row === undefined ? '' : String(expected.row)));
	});
}

test('the rest is there for commands, unquoted', () => {
	assert.deepEqual(parseCommand('rbac who-can delete pods').rest, ['who-can', 'delete', 'pods']);
	assert.deepEqual(parseCommand(`set theme "my theme" 'x`).rest, ['theme', 'my theme', 'x']);
	assert.deepEqual(parseCommand('net path web.shop:80').rest, ['path', 'web.shop:80']);
});

const sources: CompletionSources = {
	kinds: [
		{plural: 'pods', singular: 'pod', shortNames: ['po']},
		{plural: 'poddisruptionbudgets', singular: 'poddisruptionbudget', shortNames: ['pdb']},
		{plural: 'deployments', singular: 'deployment', shortNames: ['deploy']},
	],
	commands: [
		{name: 'context', aliases: ['ctx']},
		{name: 'pulse', aliases: ['hz']},
	],
	choicesOf: command => (command === 'ctx' ? ['prod-eu1', 'lab'] : []),
	namespaces: ['shop', 'search'],
	contexts: ['prod-eu1', 'lab'],
	labelKeys: [{text: 'app', count: 40}, {text: 'tier'}],
	labelValues: key => (key === 'app' ? [{text: 'web', count: 1200}, {text: 'worker'}] : []),
	names: kind => (kind === 'deploy' ? ['web', 'cart'] : []),
	history: ['pods -n data', 'nodes', 'pods -n shop'],
};

test('each place offers what can stand there', () => {
	const cases: ReadonlyArray<readonly [string, number, readonly string[]]> = [
		['', 0, []],
		['p', 0, ['pulse hz', 'pods po', 'poddisruptionbudgets pdb']],
		['po', 0, ['pods po', 'poddisruptionbudgets pdb']],
		['pdb', 0, ['poddisruptionbudgets pdb']],
		['pod', 0, ['pods po', 'poddisruptionbudgets pdb']],
		['ctx', 0, ['context ctx']],
		['deploy/', 7, ['web ', 'cart ']],
		['deploy/c', 7, ['cart ']],
		['ctx ', 4, ['prod-eu1 ', 'lab ']],
		['ctx lab ', 8, []],
		['pods s', 5, ['shop ', 'search ']],
		['pods a', 5, ['all ', 'app 40']],
		['pods -n sh', 8, ['shop ']],
		['pods @l', 6, ['lab ']],
		['pods --context l', 15, ['lab ']],
		['pods -l ', 8, ['app 40', 'tier ']],
		['pods app=w', 9, ['web 1,200', 'worker ']],
		['pods tier=x,app!=we', 17, ['web 1,200']],
		['pods app=web,t', 13, ['tier ']],
		['pods /s', 5, []],
		['pods -', 5, []],
	];
	for (const [text, from, options] of cases) {
		const found = completions(text, text.length, sources);
		assert.deepEqual(
			found.options.map(option => `${option.text} ${option.note}`),
			options,
			text,
		);
		assert.equal(found.from, from, text);
	}
});

test('the grey suggestion comes from the history, else from the first option', () => {
	const ghost = (text: string, cursor = text.length): string | undefined => completions(text, cursor, sources).ghost;
	assert.equal(ghost('pods'), ' -n shop');
	assert.equal(ghost('pods -n d'), 'ata');
	assert.equal(ghost('depl'), 'oyments');
	assert.equal(ghost('pdb'), undefined);
	assert.equal(ghost(''), undefined);
	assert.equal(ghost('pods', 2), undefined);
});
