import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {parseNano} from '../../source/core/top/nano.ts';
import {eventually, patienceMs} from '../tools/eventually.ts';
import {programCommand, startProgram, temporaryHome} from '../tools/program.ts';
import {RawApi} from '../tools/raw-api.ts';

/** A cluster with a metrics API (layer 3 of the lab); where there is none, or no Ready node, these tests say so and are skipped. */
const kubeconfig = process.env['KUBECONFIG_E2E'] ?? '';
const kubectlCommand = process.env['KUBECTL'] ?? 'kubectl';
/** The folder of the lab's fault scripts: only with it, and only under its lock, metrics-server is taken away. */
const faults = process.env['K8TUI_LAB_FAULTS'];
const timeout = 600_000;
const tries = 12;

type Ran = Readonly<{code: number | null; out: string; errors: string}>;
type Row = Readonly<Record<string, unknown>>;

function run(command: string, args: readonly string[], path = kubeconfig): Ran {
	const {status, stdout, stderr} = spawnSync(command, args, {encoding: 'utf8', env: {...process.env, KUBECONFIG: path}, maxBuffer: 64 * 1024 * 1024});
	return {code: status, out: stdout, errors: stderr};
}
const kubectl = (args: readonly string[], path?: string) => run(kubectlCommand, args, path);
const [program = '', ...programArgs] = programCommand;
const k8tui = (args: readonly string[], path?: string) => run(program, [...programArgs, ...args], path);
const rowsOf = (ran: Ran): readonly Row[] => {
	assert.equal(ran.code, 0, ran.errors);
	return JSON.parse(ran.out) as readonly Row[];
};

/** Why this cluster cannot be measured; undefined where it can. */
function lack(): string | undefined {
	if (kubeconfig === '') return 'KUBECONFIG_E2E is not set: no cluster';
	if (spawnSync(kubectlCommand, ['version', '--client']).status !== 0) return 'there is no kubectl on the PATH (or in KUBECTL)';
	if (kubectl(['top', 'nodes']).code !== 0) return 'this cluster measures nothing: kubectl top fails';
	return undefined;
}
const skip = lack() ?? false;

/** Ours between two equal answers of kubectl: only then both saw the same sample. */
function sameAsKubectl(context: TestContext, kubectlArgs: readonly string[], ourArgs: readonly string[]): void {
	for (let left = tries; left > 0; left--) {
		const before = kubectl(kubectlArgs);
		const ours = k8tui([...ourArgs, '-o', 'text']);
		if (kubectl(kubectlArgs).out !== before.out) continue;
		assert.equal(ours.out, before.out, ours.errors);
		assert.equal(ours.code, before.code);
		return;
	}
	context.diagnostic('the samples changed with every call');
	assert.fail(`kubectl ${kubectlArgs.join(' ')} never said the same twice`);
}

for (const [kubectlArgs, ourArgs] of [
	[
		['top', 'nodes'],
		['top', 'nodes'],
	],
	[
		['top', 'nodes', '--no-headers'],
		['top', 'nodes', '--no-headers'],
	],
	[
		['top', 'pods', '-A'],
		['top', 'pods', '-A'],
	],
	[
		['top', 'pods', '-n', 'kube-system'],
		['top', 'pods', '-n', 'kube-system'],
	],
	[
		['top', 'pods', '-n', 'kube-system', '-l', 'k8s-app=kube-dns'],
		['top', 'pods', '-n', 'kube-system', '-l', 'k8s-app=kube-dns'],
	],
	[
		['top', 'pods', '-A', '--containers'],
		['top', 'containers', '-A'],
	],
	[
		['top', 'pods', '-A', '--sort-by=memory', '--no-headers'],
		['top', 'pods', '-A', '--no-headers'],
	],
] as const) {
	test(`T40: k8tui ${ourArgs.join(' ')} is what kubectl ${kubectlArgs.join(' ')} prints`, {skip, timeout}, context => {
		// By memory kubectl leaves equal rows in any order: compared as a set of lines.
		if (!kubectlArgs.some(word => word.startsWith('--sort'))) return sameAsKubectl(context, kubectlArgs, ourArgs);
		const lines = (text: string) => text.trim().split('\n').toSorted();
		for (let left = tries; left > 0; left--) {
			const before = kubectl(kubectlArgs).out;
			const ours = k8tui([...ourArgs, '--sort=-memory', '-o', 'text']).out;
			if (kubectl(kubectlArgs).out !== before) continue;
			return assert.deepEqual(lines(ours), lines(before));
		}
		assert.fail('never the same twice');
	});
}

/** Pods whose containers never start, but which the scheduler gives a node: init containers, sidecars, and what has limits or not. */
async function podsToCount(api: RawApi): Promise<AsyncDisposable> {
	const namespace = `k8tui-top-${Math.random().toString(36).slice(2, 8)}`;
	await api.createNamespace(namespace);
	const amounts = (cpu: string, memory: string) => ({cpu, memory});
	const container = (name: string, requests: object, limits: object = {}, more: object = {}) => ({
		name,
		image: 'localhost/k8tui-no-such-image:1',
		imagePullPolicy: 'Never',
		resources: {requests, limits},
		...more,
	});
	const always = {restartPolicy: 'Always'};
	const specs: Readonly<Record<string, object>> = {
		plain: {containers: [container('a', amounts('11m', '3Mi'), amounts('20m', '5Mi')), container('b', amounts('7m', '2Mi'))]},
		init: {
			initContainers: [container('i', amounts('70m', '2Mi'), amounts('80m', '9Mi'))],
			containers: [container('a', amounts('13m', '7Mi'), amounts('30m', '8Mi'))],
		},
		sidecars: {
			initContainers: [
				container('s', amounts('17m', '4Mi'), amounts('19m', '6Mi'), always),
				container('i', amounts('60m', '1Mi')),
				container('t', amounts('5m', '1Mi'), {}, always),
			],
			containers: [container('a', amounts('23m', '9Mi'))],
		},
		none: {containers: [container('a', {})]},
	};
	for (const [name, spec] of Object.entries(specs))
		await api.call('POST', `/api/v1/namespaces/${namespace}/pods`, {
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name},
			spec: {terminationGracePeriodSeconds: 0, ...spec},
		});
	await eventually(
		() => kubectl(['get', 'pods', '-n', namespace, '-o', 'jsonpath={.items[*].spec.nodeName}']).out.trim().split(' ').length === Object.keys(specs).length,
		patienceMs,
		() => 'a pod found no node',
	);
	return {
		async [Symbol.asyncDispose]() {
			await api.call('DELETE', `/api/v1/namespaces/${namespace}`);
		},
	};
}

test('T39: requests and limits of each node are those of kubectl describe node, with init containers and sidecars', {skip, timeout}, async () => {
	using api = new RawApi(kubeconfig);
	await using _pods = await podsToCount(api);
	const amount = (text: string | undefined): number => {
		const nano = parseNano(text ?? '');
		return nano === undefined ? assert.fail(`not a quantity: ${text}`) : Number(nano) / 1e9;
	};
	for (let left = tries; left > 0; left--) {
		const nodes = rowsOf(k8tui(['top', 'nodes', '-o', 'json']));
		const again = rowsOf(k8tui(['top', 'nodes', '-o', 'json']));
		const described = nodes.map(({name}) => kubectl(['describe', 'node', String(name)]).out);
		// Pods came or went meanwhile: the comparison would be of two moments.
		if (nodes.some((node, index) => JSON.stringify(node['requests']) !== JSON.stringify(again[index]?.['requests']))) continue;
		for (const [index, node] of nodes.entries()) {
			const block = described[index]?.split('Allocated resources:')[1] ?? assert.fail('no such block');
			for (const [resource, field, unit] of [
				['cpu', 'cpuMillicores', 1000],
				['memory', 'memoryBytes', 1],
			] as const) {
				const [, requests, limits] = new RegExp(`^ +${resource} +(\\S+) \\(\\d+%\\) +(\\S+) \\(\\d+%\\)`, 'm').exec(block) ?? [];
				// Both are records of the JSON that was asked for.
				const own = (part: string) => (node[part] as Readonly<Record<string, number>>)[field];
				assert.equal(own('requests'), Math.round(amount(requests) * unit), `${node['name']}: requests of ${resource}\n${block}`);
				assert.equal(own('limits'), Math.round(amount(limits) * unit), `${node['name']}: limits of ${resource}\n${block}`);
			}
		}
		return;
	}
	assert.fail('pods came and went with every call');
});

test('json: every field has its type, and no unknown value is a zero', {skip, timeout}, () => {
	for (const node of rowsOf(k8tui(['top', 'nodes', '-o', 'json']))) {
		assert.equal(node['source'], 'metrics.k8s.io');
		assert.ok(Number(node['cpuMillicores']) > 0 && Number(node['memoryBytes']) > 0 && Number(node['ageSeconds']) < 120, JSON.stringify(node));
		assert.ok(Number((node['allocatable'] as Row)['memoryBytes']) > 0);
	}
	for (const pod of rowsOf(k8tui(['top', 'containers', '-A', '-o', 'json'])))
		for (const field of ['name', 'namespace', 'container']) assert.equal(typeof pod[field], 'string');
});

test('a named object that does not exist is exit code 1, one that does is printed', {skip, timeout}, () => {
	assert.deepEqual(k8tui(['top', 'node', 'k8tui-no-such-node', '-o', 'text']), {code: 1, out: '', errors: 'There is no node k8tui-no-such-node.\n'});
	assert.deepEqual(k8tui(['top', 'pod', 'k8tui-no-such-pod', '-n', 'default', '-o', 'json']), {
		code: 1,
		out: '',
		errors: 'There is no pod k8tui-no-such-pod in namespace default.\n',
	});
	const [node] = rowsOf(k8tui(['top', 'nodes', '-o', 'json']));
	assert.equal(rowsOf(k8tui(['top', 'node', String(node?.['name']), '-o', 'json'])).length, 1);
});

/** A user of the cluster with just these rights; gone at the end. */
async function userWith(api: RawApi, rules: readonly object[]): Promise<AsyncDisposable & {path: string}> {
	const name = `k8tui-top-${Math.random().toString(36).slice(2, 8)}`;
	const home = temporaryHome();
	await api.createNamespace(name);
	await api.call('POST', `/api/v1/namespaces/${name}/serviceaccounts`, {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name}});
	await api.call('POST', '/apis/rbac.authorization.k8s.io/v1/clusterroles', {
		apiVersion: 'rbac.authorization.k8s.io/v1',
		kind: 'ClusterRole',
		metadata: {name},
		rules,
	});
	await api.call('POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
		apiVersion: 'rbac.authorization.k8s.io/v1',
		kind: 'ClusterRoleBinding',
		metadata: {name},
		roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name},
		subjects: [{kind: 'ServiceAccount', name, namespace: name}],
	});
	// The server's authorizer learns of a role and its binding by watches of its own.
	await eventually(
		() => kubectl(['auth', 'can-i', 'list', 'pods', '--as', `system:serviceaccount:${name}:${name}`]).out.trim() === 'yes',
		patienceMs,
		() => `${name} may not list pods`,
	);
	const token = kubectl(['create', 'token', name, '-n', name]).out.trim();
	const path = join(home.path, 'config');
	const view = JSON.parse(kubectl(['config', 'view', '--raw', '--minify', '-o', 'json']).out) as {clusters: unknown};
	const context = {name: 'own', context: {cluster: (view.clusters as readonly {name: string}[])[0]?.name, user: 'own', namespace: name}};
	writeFileSync(
		path,
		JSON.stringify({
			apiVersion: 'v1',
			kind: 'Config',
			'current-context': 'own',
			clusters: view.clusters,
			users: [{name: 'own', user: {token}}],
			contexts: [context],
		}),
		{mode: 0o600},
	);
	return {
		path,
		async [Symbol.asyncDispose]() {
			for (const kind of ['clusterrolebindings', 'clusterroles']) await api.call('DELETE', `/apis/rbac.authorization.k8s.io/v1/${kind}/${name}`);
			await api.call('DELETE', `/api/v1/namespaces/${name}`);
			home[Symbol.dispose]();
		},
	};
}

test('T41: the right is taken away: the reason is named; with nodes/proxy the kubelets answer instead', {skip, timeout}, async () => {
	using api = new RawApi(kubeconfig);
	{
		await using nobody = await userWith(api, [{apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['list', 'watch', 'get']}]);
		const {code, out, errors} = k8tui(['top', 'nodes', '-o', 'text'], nobody.path);
		assert.deepEqual([code, out], [2, '']);
		assert.match(errors, /You may not list nodes in metrics\.k8s\.io\. A role with list on nodes\.metrics\.k8s\.io allows it\./);
		assert.match(errors, /You may not read the kubelets \(nodes\/proxy\) either\. A role with get on nodes\/proxy allows it\./);
		using home = temporaryHome();
		await using session = startProgram(home.path, ['top', 'nodes', '--ascii'], {columns: 100, rows: 30, env: {KUBECONFIG: nobody.path}});
		await session.waitFor(/You may not list nodes in metrics\.k8s\.io/);
		await session.waitFor(/You may not read the kubelets/);
		await session.waitFor(screen => screen.lines().some(line => /^[> ][+!X] +\S+ +.* -\/\d/.test(line)));
		session.press(':quit<enter>');
		await session.exited;
	}
	await using reader = await userWith(api, [
		{apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['list', 'watch', 'get']},
		{apiGroups: [''], resources: ['nodes/proxy'], verbs: ['get']},
	]);
	const ran = k8tui(['top', 'nodes', '-o', 'json'], reader.path);
	assert.match(ran.errors, /You may not list nodes in metrics\.k8s\.io\. These are the values of the kubelets\./);
	for (const node of rowsOf(ran)) assert.deepEqual([node['source'], Number(node['memoryBytes']) > 0], ['kubelet', true]);
	using home = temporaryHome();
	await using session = startProgram(home.path, ['top', 'nodes', '--ascii'], {columns: 100, rows: 30, env: {KUBECONFIG: reader.path}});
	await session.waitFor(/source kubelet summary/);
	await session.waitFor(/The kubelets of the nodes on screen are asked instead/);
	session.press(':quit<enter>');
	await session.exited;
});

test('the full screen: nodes, into the pods of one, into the containers of a pod, and out again', {skip, timeout}, async () => {
	using home = temporaryHome();
	await using session = startProgram(home.path, ['top', 'nodes', '--ascii'], {columns: 120, rows: 36, env: {KUBECONFIG: kubeconfig}});
	await session.waitFor(/source metrics\.k8s\.io.*age \d/);
	const [node] = rowsOf(k8tui(['top', 'nodes', '-o', 'json', '--sort=-cpu']));
	await session.waitFor(/POD ON \S+.*RISK/);
	session.press('<enter>');
	await session.waitFor(/nodes {2}\[pods\]/);
	session.press('<enter>');
	await session.waitFor(/\[containers\]/);
	session.press('<esc><esc>');
	await session.waitFor(/\[nodes\]/);
	assert.ok(session.screen.text().includes(String(node?.['name'])));
	session.press(':pods -A<enter>');
	await session.waitFor(/CPU +MEM/);
	await session.waitFor(screen => screen.lines().some(line => /Running .* \d+m +\d+[KM]i/.test(line)));
	session.press(':quit<enter>');
	assert.equal((await session.exited).code, 0);
});

test('metrics-server goes away: values age in sight, the kubelets take over and it is said; it comes back', {
	skip: skip || (faults === undefined && 'K8TUI_LAB_FAULTS is not set: the cluster may not be broken'),
	timeout: 900_000,
}, async () => {
	using home = temporaryHome();
	const fault = (state: 'on' | 'off') => assert.equal(spawnSync(join(faults ?? '', 'metrics-down.sh'), [state], {encoding: 'utf8'}).status, 0);
	await using session = startProgram(home.path, ['top', 'nodes', '--ascii'], {columns: 120, rows: 30, env: {KUBECONFIG: kubeconfig}});
	await session.waitFor(/source metrics\.k8s\.io/);
	try {
		fault('on');
		const ages: number[] = [];
		await session.waitFor(screen => {
			const age = /source (?:metrics\.k8s\.io|kubelet summary).*age (\d+)s/.exec(screen.text())?.[1];
			if (age !== undefined) ages.push(Number(age));
			return /source kubelet summary/.test(screen.text());
		}, 4 * patienceMs);
		assert.ok(Math.max(...ages) >= 20, `the ages shown: ${[...new Set(ages)].join(' ')}`);
		await session.waitFor(/The kubelets of the nodes on screen are asked instead\. The metrics API is registered but does not answer \(503\)/);
		const printed = k8tui(['top', 'nodes', '-o', 'json']);
		assert.ok(rowsOf(printed).every(({source}) => source === 'kubelet'));
	} finally {
		fault('off');
	}
	await session.waitFor(/source metrics\.k8s\.io/, 4 * patienceMs);
	await eventually(
		() => kubectl(['top', 'nodes']).code === 0,
		2 * patienceMs,
		() => 'metrics-server is not back',
	);
	session.press(':quit<enter>');
	await session.exited;
});
