import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {chmod, mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {test} from 'node:test';
import {ProblemError} from '../../source/core/problem.ts';
import {hasCluster, type KubeconfigView, loadKubeconfig} from '../../source/kube/kubeconfig-files.ts';

/** Files by their path in a folder made for the test. */
async function folderWith(
	files: Readonly<Record<string, string>>,
): Promise<AsyncDisposable & Readonly<{path: (name: string) => string; list: (...names: string[]) => string}>> {
	const root = await mkdtemp(join(tmpdir(), 'k8tui-kubeconfig-'));
	for (const [name, text] of Object.entries(files)) {
		await mkdir(dirname(join(root, name)), {recursive: true});
		await writeFile(join(root, name), text);
	}
	const path = (name: string) => join(root, name);
	return {path, list: (...names) => names.map(path).join(delimiter), [Symbol.asyncDispose]: () => rm(root, {recursive: true})};
}

const load = (variables: Readonly<Record<string, string>>, home = '/nowhere', flag?: string) =>
	loadKubeconfig({environment: variables, home, serviceAccount: '/nowhere/sa', k3sFile: '/nowhere/k3s.yaml', ...(flag === undefined ? {} : {flag})});

const cluster = (name: string, fields: string) => `- {name: ${name}, cluster: {${fields}}}`;
const user = (name: string, fields: string) => `- {name: ${name}, user: {${fields}}}`;
const context = (name: string, fields: string) => `- {name: ${name}, context: {${fields}}}`;
const file = (parts: Readonly<{clusters?: string; users?: string; contexts?: string; current?: string}>) =>
	`apiVersion: v1\nkind: Config\n${parts.current === undefined ? '' : `current-context: ${parts.current}\n`}clusters:\n${parts.clusters ?? ''}\nusers:\n${parts.users ?? ''}\ncontexts:\n${parts.contexts ?? ''}\n`;

const simple = (name: string, more = '') =>
	file({
		clusters: cluster(name, `server: "https://${name}.example.test:6443"${more}`),
		users: user(name, `token: token-of-${name}`),
		contexts: context(name, `cluster: ${name}, user: ${name}, namespace: ns-${name}`),
		current: name,
	});

type Case = Readonly<{
	title: string /** We take what kubectl refuses: digits where it wants them quoted. */;
	kubectlRefuses?: true;
	files: Readonly<Record<string, string>>;
	use: readonly string[];
	expected: Readonly<{
		current: string;
		clusters: Readonly<Record<string, string>>;
		users: Readonly<Record<string, string>>;
		contexts: Readonly<Record<string, string>>;
	}>;
}>;

/** Expected values as short texts: `server`, `token`, `cluster/user/namespace`; whatever else a set is about follows after a blank. */
const cases: readonly Case[] = [
	{
		title: 'one file',
		files: {a: simple('a')},
		use: ['a'],
		expected: {current: 'a', clusters: {a: 'https://a.example.test:6443'}, users: {a: 'token-of-a'}, contexts: {a: 'a/a/ns-a'}},
	},
	{
		title: 'two files with different names',
		files: {a: simple('a'), b: simple('b')},
		use: ['a', 'b'],
		expected: {
			current: 'a',
			clusters: {a: 'https://a.example.test:6443', b: 'https://b.example.test:6443'},
			users: {a: 'token-of-a', b: 'token-of-b'},
			contexts: {a: 'a/a/ns-a', b: 'b/b/ns-b'},
		},
	},
	{
		title: 'the same name twice: the first file wins',
		files: {a: simple('x'), b: simple('x').replaceAll('x.example', 'other.example').replace('token-of-x', 'other')},
		use: ['a', 'b'],
		expected: {current: 'x', clusters: {x: 'https://x.example.test:6443'}, users: {x: 'token-of-x'}, contexts: {x: 'x/x/ns-x'}},
	},
	{
		title: 'the first wins whole: no field of the second gets in',
		files: {
			a: file({clusters: cluster('x', 'server: "https://one.example.test"'), users: user('x', 'token: one'), contexts: context('x', 'cluster: x, user: x')}),
			b: file({
				clusters: cluster('x', 'server: "https://two.example.test", tls-server-name: two'),
				users: user('x', 'username: two, password: two'),
				contexts: context('x', 'cluster: x, user: x, namespace: two'),
				current: 'x',
			}),
		},
		use: ['a', 'b'],
		expected: {current: 'x', clusters: {x: 'https://one.example.test'}, users: {x: 'one'}, contexts: {x: 'x/x/'}},
	},
	{
		title: 'a missing file is skipped',
		files: {b: simple('b')},
		use: ['missing', 'b'],
		expected: {current: 'b', clusters: {b: 'https://b.example.test:6443'}, users: {b: 'token-of-b'}, contexts: {b: 'b/b/ns-b'}},
	},
	{
		title: 'the first current-context that is not empty',
		files: {a: simple('a').replace('current-context: a', 'current-context: ""'), b: simple('b')},
		use: ['a', 'b'],
		expected: {
			current: 'b',
			clusters: {a: 'https://a.example.test:6443', b: 'https://b.example.test:6443'},
			users: {a: 'token-of-a', b: 'token-of-b'},
			contexts: {a: 'a/a/ns-a', b: 'b/b/ns-b'},
		},
	},
	{
		title: 'an empty file beside a full one',
		files: {a: '', b: simple('b')},
		use: ['a', 'b'],
		expected: {current: 'b', clusters: {b: 'https://b.example.test:6443'}, users: {b: 'token-of-b'}, contexts: {b: 'b/b/ns-b'}},
	},
	{
		title: 'current-context alone in a file of its own',
		files: {a: 'current-context: b\n', b: `${simple('a').replace('current-context: a\n', '')}`, c: simple('b')},
		use: ['a', 'b', 'c'],
		expected: {
			current: 'b',
			clusters: {a: 'https://a.example.test:6443', b: 'https://b.example.test:6443'},
			users: {a: 'token-of-a', b: 'token-of-b'},
			contexts: {a: 'a/a/ns-a', b: 'b/b/ns-b'},
		},
	},
	{
		title: 'cluster, user and context spread over files',
		files: {
			a: file({clusters: cluster('c', 'server: "https://c.example.test"')}),
			b: file({users: user('u', 'token: t')}),
			c: file({contexts: context('x', 'cluster: c, user: u'), current: 'x'}),
		},
		use: ['a', 'b', 'c'],
		expected: {current: 'x', clusters: {c: 'https://c.example.test'}, users: {u: 't'}, contexts: {x: 'c/u/'}},
	},
	{
		title: 'JSON is YAML',
		files: {
			a: JSON.stringify({
				clusters: [{name: 'j', cluster: {server: 'https://j.example.test'}}],
				users: [{name: 'j', user: {token: 'json'}}],
				contexts: [{name: 'j', context: {cluster: 'j', user: 'j'}}],
				'current-context': 'j',
			}),
		},
		use: ['a'],
		expected: {current: 'j', clusters: {j: 'https://j.example.test'}, users: {j: 'json'}, contexts: {j: 'j/j/'}},
	},
	{
		title: 'a token of digits stays as it is written',
		kubectlRefuses: true,
		files: {a: simple('a').replace('token-of-a', '12345678901234567890')},
		use: ['a'],
		expected: {current: 'a', clusters: {a: 'https://a.example.test:6443'}, users: {a: '12345678901234567890'}, contexts: {a: 'a/a/ns-a'}},
	},
	{
		title: 'a namespace of digits',
		kubectlRefuses: true,
		files: {
			a: file({
				clusters: cluster('"1"', 'server: "https://a.example.test"'),
				users: user('"2"', 'token: t'),
				contexts: context('"3"', 'cluster: "1", user: "2", namespace: 42'),
				current: '"3"',
			}),
		},
		use: ['a'],
		expected: {current: '3', clusters: {1: 'https://a.example.test'}, users: {2: 't'}, contexts: {3: '1/2/42'}},
	},
	{
		title: 'anchors and merge keys',
		files: {
			a: 'x-base: &base {server: "https://a.example.test"}\nclusters:\n- {name: a, cluster: {<<: *base}}\n- {name: b, cluster: *base}\nusers: []\ncontexts:\n- {name: a, context: {cluster: a, user: ""}}\ncurrent-context: a\n',
		},
		use: ['a'],
		expected: {current: 'a', clusters: {a: 'https://a.example.test', b: 'https://a.example.test'}, users: {}, contexts: {a: 'a//'}},
	},
	{
		title: 'the same file named twice',
		files: {a: simple('a')},
		use: ['a', 'a'],
		expected: {current: 'a', clusters: {a: 'https://a.example.test:6443'}, users: {a: 'token-of-a'}, contexts: {a: 'a/a/ns-a'}},
	},
];

function shortForm(view: KubeconfigView): Case['expected'] {
	return {
		current: view.current,
		clusters: Object.fromEntries([...view.clusters.values()].map(one => [one.name, one.server ?? ''])),
		users: Object.fromEntries([...view.users.values()].map(one => [one.name, one.token ?? ''])),
		contexts: Object.fromEntries(view.contexts.map(one => [one.name, `${one.cluster}/${one.user}/${one.namespace ?? ''}`])),
	};
}

const kubectl = findKubectl();

for (const {title, files, use, expected, kubectlRefuses} of cases) {
	test(`merge: ${title}`, async () => {
		await using folder = await folderWith(files);
		assert.deepEqual(shortForm(await load({KUBECONFIG: folder.list(...use)})), expected);
	});
	test(`merge as kubectl: ${title}`, {skip: kubectl === undefined ? 'no kubectl on the PATH' : false}, async () => {
		await using folder = await folderWith(files);
		const variables = {KUBECONFIG: folder.list(...use)};
		if (kubectlRefuses === true) assert.throws(() => viewOfKubectl(variables), /cannot unmarshal number/);
		else assert.deepEqual(shortFormOfKubectl(variables), expected);
	});
}

function findKubectl(): string | undefined {
	try {
		execFileSync('kubectl', ['version', '--client'], {stdio: 'ignore'});
		return 'kubectl';
	} catch {
		return undefined;
	}
}

type Named<Key extends string, Value> = Readonly<{name: string} & Record<Key, Value>>;
type KubectlView = Readonly<{
	'current-context': string;
	clusters: ReadonlyArray<Named<'cluster', Readonly<Record<string, unknown>>>> | null;
	users: ReadonlyArray<Named<'user', Readonly<Record<string, unknown>>>> | null;
	contexts: ReadonlyArray<Named<'context', Readonly<{cluster: string; user: string; namespace?: string}>>> | null;
}>;

function runKubectl(words: readonly string[], variables: Readonly<Record<string, string>>): string {
	return execFileSync('kubectl', words, {env: {PATH: process.env['PATH'], HOME: '/nowhere', ...variables}, stdio: 'pipe'}).toString();
}

function viewOfKubectl(variables: Readonly<Record<string, string>>): KubectlView {
	// `as`: kubectl's own output is what the test compares with.
	return JSON.parse(runKubectl(['config', 'view', '--raw', '--flatten', '-o', 'json'], variables)) as KubectlView;
}

function shortFormOfKubectl(variables: Readonly<Record<string, string>>): Case['expected'] {
	const view = viewOfKubectl(variables);
	return {
		current: view['current-context'],
		clusters: Object.fromEntries((view.clusters ?? []).map(one => [one.name, String(one.cluster['server'] ?? '')])),
		users: Object.fromEntries((view.users ?? []).map(one => [one.name, String(one.user['token'] ?? '')])),
		contexts: Object.fromEntries((view.contexts ?? []).map(one => [one.name, `${one.context.cluster}/${one.context.user}/${one.context.namespace ?? ''}`])),
	};
}

const everything = `current-context: full
clusters:
- name: full
  cluster:
    server: https://full.example.test/prefix
    certificate-authority: pki/ca.crt
    tls-server-name: inner
    proxy-url: socks5://127.0.0.1:1080
    disable-compression: true
    extensions:
    - name: client.authentication.k8s.io/exec
      extension: {audience: full, depth: 3}
users:
- name: full
  user:
    client-certificate: pki/client.crt
    client-key: ../shared/client.key
    tokenFile: token.txt
    as: eve
    as-uid: "7"
    as-groups: [admins, "12"]
    as-user-extra: {reason: [night, shift]}
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: ./login
      args: [--flag, "1.5", "true"]
      env: [{name: A, value: b}]
      interactiveMode: Never
      provideClusterInfo: true
      installHint: get it
- name: path
  user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: aws, interactiveMode: Never}, auth-provider: {name: oidc, config: {client-id: "5"}}}
contexts:
- {name: full, context: {cluster: full, user: full}}
`;

test('every field is read; paths and an exec command with a separator resolve against their own file', async () => {
	await using folder = await folderWith({'sub/config': everything});
	const view = await load({KUBECONFIG: folder.path('sub/config')});
	const source = folder.path('sub/config');
	assert.deepEqual(view.clusters.get('full'), {
		name: 'full',
		source,
		server: 'https://full.example.test/prefix',
		certificateAuthority: folder.path('sub/pki/ca.crt'),
		tlsServerName: 'inner',
		insecureSkipTlsVerify: false,
		proxyUrl: 'socks5://127.0.0.1:1080',
		disableCompression: true,
		execConfig: {audience: 'full', depth: 3},
	});
	assert.deepEqual(view.users.get('full'), {
		name: 'full',
		source,
		tokenFile: folder.path('sub/token.txt'),
		clientCertificate: folder.path('sub/pki/client.crt'),
		clientKey: folder.path('shared/client.key'),
		impersonate: 'eve',
		impersonateUid: '7',
		impersonateGroups: ['admins', '12'],
		impersonateExtra: {reason: ['night', 'shift']},
		exec: {
			apiVersion: 'client.authentication.k8s.io/v1',
			command: folder.path('sub/login'),
			args: ['--flag', '1.5', 'true'],
			environment: [{name: 'A', value: 'b'}],
			installHint: 'get it',
			provideClusterInfo: true,
			interactiveMode: 'Never',
		},
	});
	assert.equal(view.users.get('path')?.exec?.command, 'aws');
	assert.deepEqual(view.users.get('path')?.authProvider, {name: 'oidc', config: {'client-id': '5'}});
});

test('kubectl resolves the same paths', {skip: kubectl === undefined ? 'no kubectl on the PATH' : false}, async () => {
	await using folder = await folderWith({'sub/config': everything, 'sub/pki/ca.crt': 'ca', 'sub/pki/client.crt': 'cert', 'shared/client.key': 'key'});
	const variables = {KUBECONFIG: folder.path('sub/config')};
	const theirs = viewOfKubectl(variables);
	assert.equal(theirs.clusters?.[0]?.cluster['certificate-authority-data'], Buffer.from('ca').toString('base64'));
	assert.equal(theirs.users?.[0]?.user['client-certificate-data'], Buffer.from('cert').toString('base64'));
	assert.equal(theirs.users?.[0]?.user['client-key-data'], Buffer.from('key').toString('base64'));
	// `config view` prints a tokenFile as it stands; where kubectl looks for it is told when it is missing.
	await writeFile(folder.path('sub/config'), simple('t', ', certificate-authority-data: Y2E=').replace('token: token-of-t', 'tokenFile: token.txt'));
	const tokenFile = (await load(variables)).users.get('t')?.tokenFile ?? '';
	assert.throws(
		() => runKubectl(['get', '--raw', '/version'], variables),
		error => error instanceof Error && error.message.includes(`open ${tokenFile}`),
	);
});

test('the flag wins over $KUBECONFIG, which wins over the home folder', async () => {
	await using folder = await folderWith({a: simple('a'), b: simple('b'), 'home/.kube/config': simple('h')});
	assert.equal((await load({KUBECONFIG: folder.path('b')}, folder.path('home'), folder.path('a'))).current, 'a');
	assert.equal((await load({KUBECONFIG: folder.path('b')}, folder.path('home'))).current, 'b');
	assert.equal((await load({KUBECONFIG: ''}, folder.path('home'))).current, 'h');
});

test('without any cluster the places that were looked at are told, in order', async () => {
	await using folder = await folderWith({k3s: 'x'});
	const view = await loadKubeconfig({environment: {}, home: folder.path('home'), serviceAccount: folder.path('sa'), k3sFile: folder.path('k3s')});
	assert.equal(hasCluster(view), false);
	assert.deepEqual(view.looked, [
		{place: '$KUBECONFIG', found: 'not set'},
		{place: '~/.kube/config', found: 'does not exist'},
		{place: folder.path('k3s'), found: 'exists, not used unless named with --kubeconfig'},
		{place: 'in-cluster service account', found: 'no token mounted'},
	]);
});

test('$KUBECONFIG that names only missing or empty files is told as such, and the home folder is not asked', async () => {
	await using folder = await folderWith({empty: '', 'home/.kube/config': simple('h')});
	const view = await load({KUBECONFIG: folder.list('missing', 'empty')}, folder.path('home'));
	assert.equal(hasCluster(view), false);
	assert.deepEqual(
		view.looked.slice(0, 2).map(one => one.found),
		['does not exist', 'names no cluster'],
	);
});

test('in a pod the service account is the context', async () => {
	await using folder = await folderWith({'sa/token': 't\n', 'sa/ca.crt': 'pem', 'sa/namespace': 'prod\n'});
	const environment = {KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443'};
	const view = await loadKubeconfig({environment, home: '/nowhere', serviceAccount: folder.path('sa'), k3sFile: '/nowhere/k3s'});
	assert.equal(view.current, 'in-cluster');
	assert.equal(view.clusters.get('in-cluster')?.server, 'https://[fd00::1]:443');
	assert.equal(view.users.get('in-cluster')?.tokenFile, folder.path('sa/token'));
	assert.equal(view.contexts[0]?.namespace, 'prod');
});

for (const [title, text, pattern] of [
	['a tab as indentation', 'clusters:\n- name: a\n\tcluster: {}\n', /line 3/],
	['a mapping that is not closed', 'clusters: [{name: a\nusers: []\n', /line \d/],
	['a list at the root', '- a\n- b\n', /not a mapping of clusters/],
	['plain text', 'hello there', /not a mapping of clusters/],
	['another kind of object', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n', /holds a Pod, not a Config/],
	['clusters that are no list', 'clusters: {a: {server: x}}\n', /clusters is not a list/],
	['a user that is no mapping', 'users: [{name: a, user: secret}]\n', /users\[0\]\.user is not a mapping/],
	['a token that is a list', 'users: [{name: a, user: {token: [1]}}]\n', /users\[0\]\.user\.token is not text/],
	['a flag that is a word', 'clusters: [{name: a, cluster: {insecure-skip-tls-verify: maybe}}]\n', /insecure-skip-tls-verify is not true or false/],
] as const) {
	test(`broken file: ${title} is told with the file and what is wrong`, async () => {
		await using folder = await folderWith({a: simple('a'), broken: text});
		await assert.rejects(load({KUBECONFIG: folder.list('a', 'broken')}), error => {
			assert.ok(error instanceof ProblemError);
			assert.equal(error.problem.code, 'config');
			assert.match(error.problem.what, new RegExp(`${folder.path('broken')}$`));
			assert.match(error.problem.cause, pattern);
			assert.ok(error.problem.remedy);
			return true;
		});
	});
}

test('a file named by the flag must exist; a folder is no file', async () => {
	await using folder = await folderWith({a: simple('a')});
	await assert.rejects(load({}, '/nowhere', folder.path('missing')), /there is no such file/);
	await assert.rejects(load({KUBECONFIG: dirname(folder.path('a'))}), /it is a folder/);
});

test('a file that may not be read is named', {skip: process.getuid?.() === 0 ? 'root may read every file' : false}, async () => {
	await using folder = await folderWith({a: simple('a')});
	await chmod(folder.path('a'), 0);
	await assert.rejects(load({KUBECONFIG: folder.path('a')}), /may not read/);
});
