import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ContextInfo} from '../../source/core/cluster-client.ts';
import {clusterLines} from '../../source/print/check-cluster.ts';
import {checkCode, checkJson, checkText} from '../../source/print/check-report.ts';
import {kubeconfigLines, type TerminalFacts, terminalLines} from '../../source/print/check-surroundings.ts';
import {type FakeAnswers, FakeClient} from '../tools/fake-client.ts';
import {discovery} from './cases.ts';

const signal = new AbortController().signal;
const alice = {username: 'alice', groups: ['ops']};

function check(answers: FakeAnswers) {
	const times = [1000, 1022];
	const client = new FakeClient({identity: alice, discover: async () => discovery, ...answers});
	return {client, lines: clusterLines(client, () => times.shift() ?? 1022, signal)};
}

test('a cluster where all is well', async () => {
	const {client, lines} = check({skewMs: 400});
	assert.equal(
		checkText(await lines),
		`cluster prod-eu1
  +  https://10.0.0.10:6443 reachable in 22 ms, v1.34.2, clock skew 0.4 s
user
  +  alice, groups ops
rights
  +  list and watch in all namespaces: 5 of 5 kinds
kinds
  +  5 kinds
result  0 warnings, 0 errors
`,
	);
	assert.equal(client.questions.length, 10);
});

test('what is denied in all namespaces is asked again for the namespace', async () => {
	const {client, lines} = check({can: ({resource, namespace}) => ({allowed: resource !== 'secrets' && (resource === 'nodes' || namespace !== undefined)})});
	assert.deepEqual(
		(await lines).filter(line => line.section === 'rights'),
		[
			{
				section: 'rights',
				mark: '!',
				text: 'list and watch in all namespaces: 1 of 5 kinds; you may not list or watch pods, services, deployments, secrets',
			},
			{section: 'rights', mark: '!', text: 'list and watch in namespace shop: 3 of 4 kinds; you may not list or watch secrets'},
		],
	);
	assert.deepEqual(client.questions.filter(question => question.namespace === 'shop').length, 8);
});

test('a server that does not answer is one error and code 2', async () => {
	const lines = await check({version: {code: 'timeout', what: 'Could not reach 10.0.0.10:6443', cause: 'no answer within 10 s', remedy: 'Check the VPN.'}})
		.lines;
	assert.deepEqual(lines, [{section: 'cluster prod-eu1', mark: 'X', text: 'Could not reach 10.0.0.10:6443: no answer within 10 s. Check the VPN.'}]);
	assert.equal(checkCode(lines), 2);
});

test('anonymous, a clock that is off, a stale group, an old server: warnings and code 1', async () => {
	const stale = {
		...discovery,
		problems: new Map([['metrics.k8s.io/v1beta1', {code: 'server', what: 'Could not read it', cause: 'its server does not answer'} as const]]),
	};
	const lines = await check({identity: {username: 'system:anonymous', groups: []}, skewMs: -95_000, discover: async () => stale}).lines;
	assert.deepEqual(
		lines.filter(line => line.mark === '!').map(line => line.text),
		[
			"https://10.0.0.10:6443 reachable in 22 ms, v1.34.2, clock skew 95.0 s: this clock is ahead of the server's, so certificates and tokens may be refused",
			'system:anonymous: your credentials were not sent or not accepted',
			'metrics.k8s.io/v1beta1 cannot be read: its server does not answer',
		],
	);
	assert.equal(checkCode(lines), 1);
	const old = new FakeClient({discover: async () => discovery});
	assert.match((await clusterLines(old, () => 0, signal))[1]?.text ?? '', /^alice by the kubeconfig/);
});

test('a part that cannot be asked is an error of that part', async () => {
	const broken = {code: 'server', what: 'Could not ask', cause: 'internal error'} as const;
	const lines = await check({identity: broken, can: () => ({allowed: 'unknown', problem: broken})}).lines;
	assert.deepEqual(
		lines.map(line => [line.section, line.mark]),
		[
			['cluster prod-eu1', '+'],
			['user', 'X'],
			['rights', '!'],
			['kinds', '+'],
		],
	);
});

const facts: TerminalFacts = {isTerminal: true, term: 'tmux-256color', columns: 80, rows: 24, isUtf8: true, colours: '256', isDumb: false};
const terminals: ReadonlyArray<readonly [Partial<TerminalFacts>, string]> = [
	[{}, '+ TERM tmux-256color, 80x24, UTF-8, colours 256'],
	[{isUtf8: false, colours: 'none', term: 'linux'}, '+ TERM linux, 80x24, ASCII, no colours'],
	[{columns: 39}, '! TERM tmux-256color, 39x24, UTF-8, colours 256: the full screen needs 40x10'],
	[{term: 'dumb', isDumb: true}, '! TERM dumb, 80x24, UTF-8, colours 256: no full screen is possible, views are printed as text'],
	[{isTerminal: false}, '+ none here: a view is printed once as text'],
];
for (const [some, expected] of terminals) {
	test(`terminal ${JSON.stringify(some)}`, () =>
		assert.deepEqual(
			terminalLines({...facts, ...some}).map(line => `${line.mark} ${line.text}`),
			[expected],
		));
}

test('the kubeconfig, and every certificate near its end', () => {
	const context = (name: string, certificateDays?: number): ContextInfo => ({
		...{name, cluster: `${name}-c`, user: 'u', namespace: 'shop', server: 'https://x', source: '/k', demo: false},
		...(certificateDays === undefined ? {} : {certificateDays}),
	});
	const lines = kubeconfigLines({files: ['/k', '/l'], contexts: [context('prod', 41), context('lab', -3), context('dev', 7), context('k3s')], current: 'prod'});
	assert.deepEqual(
		lines.map(line => `${line.mark} ${line.text}`),
		[
			'+ /k, /l: 4 contexts, current prod, cluster prod-c, namespace shop, client certificate 41d',
			'! context lab: the client certificate expired 3d ago',
			'! context dev: the client certificate ends in 7d',
		],
	);
	assert.equal(kubeconfigLines({files: ['/k'], contexts: [context('lab', -3)], current: 'lab'})[1]?.mark, 'X');
});

test('as JSON', () => {
	assert.deepEqual(JSON.parse(checkJson([{section: 'user', mark: '!', text: 't'}])), {exitCode: 1, lines: [{section: 'user', state: 'warning', text: 't'}]});
});

test('control bytes in what a server says do not reach the terminal', () => {
	assert.equal(checkText([{section: 'user', mark: '+', text: 'a\u001b[2J'}]), 'user\n  +  a^[[2J\nresult  0 warnings, 0 errors\n');
});
