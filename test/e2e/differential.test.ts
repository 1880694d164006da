import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {test} from 'node:test';
import {parse} from 'yaml';
import {agesAgree, type PrintedTable, readTable, withoutAges} from '../tools/kubectl-table.ts';
import {programCommand} from '../tools/program.ts';

/** Any cluster; see docs of the test folder. The bundle must have been built. */
const kubeconfig = process.env['KUBECONFIG_E2E'];
const kubectlCommand = process.env['KUBECTL'] ?? 'kubectl';
const skip = skipReason();
/** A cluster that lives changes between two calls; a kind that never holds still for so many tries is a failure of the test. */
const tries = 30;

/** The server asks all components at once and lists them as they answer. */
const unordered = new Set(['componentstatuses']);

/** Fields of a kind that never hold still: left out of the comparison. */
function movingFields(kind: string): RegExp | undefined {
	// The metrics server says the moment of the request where others have the time of creation.
	if (kind.endsWith('.metrics.k8s.io')) return /"(creationTimestamp)": "[^"]*"/g;
	// Each of a cluster's leases is renewed every two seconds: on a slow machine sooner than three commands have run.
	return kind === 'leases.coordination.k8s.io' ? /"(renewTime|resourceVersion)": "[^"]*"/g : undefined;
}

type Ran = Readonly<{code: number | null; out: string; errors: string}>;
type Kind = Readonly<{name: string; namespaced: boolean}>;

function skipReason(): string | false {
	if (kubeconfig === undefined || kubeconfig === '') return 'KUBECONFIG_E2E is not set: no cluster to compare with kubectl on';
	return spawnSync(kubectlCommand, ['version', '--client']).status === 0 ? false : 'there is no kubectl on the PATH (or in KUBECTL)';
}

function run(command: string, args: readonly string[]): Ran {
	const env = {...process.env, KUBECONFIG: kubeconfig ?? ''};
	const {status, stdout, stderr} = spawnSync(command, args, {encoding: 'utf8', env, maxBuffer: 512 * 1024 * 1024});
	return {code: status, out: stdout, errors: stderr};
}

const kubectl = (args: readonly string[]) => run(kubectlCommand, args);
const [program = '', ...programArgs] = programCommand;
const k8tui = (args: readonly string[]) => run(program, [...programArgs, ...args]);

function listedKinds(): readonly Kind[] {
	const names = (namespaced: boolean) =>
		kubectl(['api-resources', '--verbs=list', '-o', 'name', `--namespaced=${namespaced}`])
			.out.split('\n')
			.filter(name => name !== '')
			.map(name => ({name, namespaced}));
	return [...names(true), ...names(false)];
}

/**
 * Ours between two answers of kubectl that say the same: only then nothing changed meanwhile. (The resourceVersion of a
 * list would not do: it counts every write in the cluster, and leases are written every two seconds.)
 */
function betweenEqual(
	kubectlArgs: readonly string[],
	ourArgs: readonly string[],
	same: (text: string) => string,
): Readonly<{before: Ran; ours: Ran; after: Ran}> {
	for (let left = tries; left > 0; left--) {
		const before = kubectl(kubectlArgs);
		const ours = k8tui(ourArgs);
		const after = kubectl(kubectlArgs);
		if (same(before.out) === same(after.out)) return {before, ours, after};
	}
	assert.fail(`kubectl ${kubectlArgs.join(' ')} never said the same twice`);
}

function tableOf(kind: string, text: string): PrintedTable {
	const table = readTable(text);
	return unordered.has(kind) ? {...table, rows: table.rows.toSorted()} : table;
}

/** The objects of a List, those without an order by name. */
function objectsOf(kind: string, text: string): unknown {
	// What kubectl prints; compared as a whole, so its type is of no matter.
	const list = JSON.parse(text) as {items: ReadonlyArray<{metadata: {name: string}}>};
	return unordered.has(kind) ? {...list, items: list.items.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))} : list;
}

function sameTable(kind: string, options: readonly string[]): void {
	const {before, ours, after} = betweenEqual(['get', kind, ...options], [kind, ...(options.includes('-o') ? options : [...options, '-o', 'text'])], text =>
		JSON.stringify(readTable(withoutAges(text))).replaceAll(/ +/g, ' '),
	);
	const context = `kubectl:\n${before.out}${before.errors}\nk8tui:\n${ours.out}${ours.errors}`;
	assert.equal(ours.code === 0, before.code === 0, context);
	if (before.code !== 0) return;
	const read = (text: string) => tableOf(kind, text);
	const [mine, first, last] = [read(ours.out), read(before.out), read(after.out)];
	assert.deepEqual(mine.titles, first.titles, context);
	assert.equal(mine.rows.length, first.rows.length, context);
	for (const [index, row] of first.rows.entries()) {
		for (const [column, cell] of row.entries()) {
			const own = mine.rows[index]?.[column] ?? '';
			assert.equal(withoutAges(own), withoutAges(cell), `row ${index + 1}, column ${first.titles[column]}\n${context}`);
			assert.ok(agesAgree(own, cell, last.rows[index]?.[column] ?? ''), `row ${index + 1}, column ${first.titles[column]}: ${own} against ${cell}\n${context}`);
		}
	}
	if (!unordered.has(kind) && withoutAges(first.rows.flat().join()) === first.rows.flat().join())
		assert.equal(ours.out, before.out, 'without ages the output is equal byte for byte');
	if (first.rows.length === 0) assert.equal(lastLine(ours.errors), lastLine(before.errors));
}

/** kubectl prints warnings of the server first. */
function lastLine(text: string): string {
	return text.trim().split('\n').at(-1) ?? '';
}

for (const [title, options] of [
	['get', []],
	['get -o wide', ['-o', 'wide']],
] as const) {
	test(`${title} of every kind is what kubectl prints`, {skip}, async t => {
		const kinds = listedKinds();
		assert.ok(kinds.length > 30, 'the cluster has the built-in kinds');
		for (const {name} of kinds) await t.test(name, () => sameTable(name, ['-A', ...options]));
	});
}

test('get -o json of every kind is what kubectl prints', {skip}, async t => {
	for (const {name} of listedKinds()) {
		await t.test(name, () => {
			const args = [name, '-A', '-o', 'json'];
			const moving = movingFields(name);
			const stable = (text: string) => (moving === undefined ? text : text.replaceAll(moving, '"$1": ""'));
			const same = (text: string) => (unordered.has(name) ? JSON.stringify(objectsOf(name, text)) : stable(text));
			const {before, ours} = betweenEqual(['get', ...args], [...args, '--reveal'], same);
			const context = `${before.errors}${ours.errors}`;
			assert.equal(ours.code === 0, before.code === 0, context);
			if (before.code === 0) assert.deepEqual(objectsOf(name, stable(ours.out)), objectsOf(name, stable(before.out)), context);
		});
	}
});

test('get -o yaml says the same as kubectl', {skip}, async t => {
	for (const args of [
		['pods', '-A'],
		['configmaps', '-A'],
		['secrets', '-A'],
		['customresourcedefinitions'],
		['clusterroles'],
		['service', 'kubernetes', '-n', 'default'],
	]) {
		await t.test(args.join(' '), () => {
			const {before, ours} = betweenEqual(['get', ...args, '-o', 'yaml'], [...args, '-o', 'yaml', '--reveal'], text => text);
			assert.deepEqual(parse(ours.out), parse(before.out));
		});
	}
});

test('the data of Secrets is masked unless it is revealed', {skip}, () => {
	const args = ['secrets', '-A', '-o', 'json'];
	const plain = JSON.parse(kubectl(['get', ...args]).out) as Readonly<{items: ReadonlyArray<Readonly<{data?: Record<string, string>}>>}>;
	const values = plain.items.flatMap(item => Object.values(item.data ?? {})).filter(value => value.length > 8);
	const {out} = k8tui(args);
	for (const value of values) assert.ok(!out.includes(value), 'a value of a Secret got through');
	assert.equal(JSON.parse(out).items.length, plain.items.length);
});

const lines: ReadonlyArray<readonly string[]> = [
	['pods,services', '-n', 'kube-system'],
	['services,nodes', '-A'],
	['pods', '-n', 'kube-system', '-l', 'k8s-app=kube-dns'],
	['pods', '-A', '--field-selector', 'status.phase=Running'],
	['service', 'kubernetes', '-n', 'default'],
	['service/kubernetes', '-n', 'default'],
	['nodes', '--no-headers'],
	['all', '-n', 'kube-system'],
];
for (const line of lines) {
	test(`k8tui ${line.join(' ')} prints the blocks of kubectl`, {skip}, () => {
		const squeezed = (text: string) => withoutAges(text).replaceAll(/ +/g, ' ');
		const {before, ours} = betweenEqual(['get', ...line], [...line, '-o', 'text'], squeezed);
		const blocks = (text: string) => squeezed(text).trim().split('\n\n').toSorted();
		// kubectl shows the kinds of a category in an order of its own; ours is that of the palette.
		if (line[0] === 'all') assert.deepEqual(blocks(ours.out), blocks(before.out));
		else assert.equal(squeezed(ours.out), squeezed(before.out));
	});
}

test('exit codes and sentences', {skip}, () => {
	const nothing = ['pods', '-n', 'k8tui-no-such-namespace'];
	assert.deepEqual(k8tui([...nothing, '-o', 'text']), {...kubectl(['get', ...nothing])});
	assert.deepEqual(k8tui(['pod', 'k8tui-no-such-pod', '-n', 'default', '-o', 'json']), {
		code: 1,
		out: '',
		errors: 'There is no pod k8tui-no-such-pod in namespace default.\n',
	});
	assert.deepEqual(k8tui(['pdos', '-o', 'text']), {code: 2, out: '', errors: 'The server has no kind pdos. Did you mean pods?\n'});
	assert.equal(k8tui(['--check', '-o', 'json']).code, 0);
});
