import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import type {Page} from '../../source/core/page.ts';
import {aliasesPage} from '../../source/pages/aliases.ts';
import {callsPage} from '../../source/pages/calls.ts';
import {contextsPage} from '../../source/pages/contexts.ts';
import {helpPage} from '../../source/pages/help.ts';
import {noticesPage} from '../../source/pages/notices.ts';
import {startPage} from '../../source/pages/start.ts';
import {calls, contexts, forbidden, help, notices, start, types} from './other-fixture.ts';
import {assertFits, setting, textOf} from './page-fixture.ts';

const small = setting(80, 24);
const large = setting(140, 40);

function status(page: Page): string {
	return plain(page.status ?? []);
}

test('contexts at 80 columns: reach, version, latency, certificate; the failure under the cursor in full', () => {
	const page = contextsPage(contexts, {type: 'contexts', top: 0, cursor: 'context:lab-k3s'}, small);
	assert.deepEqual(textOf(page), [
		' ------------------------------------------------------------------------------',
		'      CONTEXT   NAMESPACE  USER   VERSION  LATENCY        CERT  ANSWER',
		' + *  prod-eu1  shop       alice  v1.34.2    22 ms         41d  reached',
		' X    lab-k3s   default    alice  -              -  expired 3d  connection refu~',
		' ~    staging   default    alice  -              -          6d  asking',
		' .    old       default    alice  -              -           -  not asked',
		'   hidden at this width: SERVER',
	]);
	assert.equal(status(page), ' Could not reach the API server: connection refused by 10.0.0.10:6443. Is it ru~');
	assert.deepEqual(page.lines[1]?.enter, [{type: 'context', name: 'lab-k3s'}]);
});

test('contexts at 140 columns', () => {
	const page = contextsPage(contexts, {type: 'contexts', top: 0}, large);
	assert.deepEqual(textOf(page), [
		' ------------------------------------------------------------------------------------------------------------------------------------------',
		'      CONTEXT   NAMESPACE  USER   VERSION  LATENCY        CERT  SERVER                         ANSWER',
		' + *  prod-eu1  shop       alice  v1.34.2    22 ms         41d  https://prod-eu1.example:6443  reached',
		' X    lab-k3s   default    alice  -              -  expired 3d  https://lab-k3s.example:6443   connection refused by 10.0.0.10:6443',
		' ~    staging   default    alice  -              -          6d  https://staging.example:6443   asking',
		' .    old       default    alice  -              -           -  https://old.example:6443       not asked',
	]);
	assert.equal(status(page), ' * is in use. Read from ~/.kube/config');
});

test('a kubeconfig without contexts names the files', () => {
	const page = contextsPage(
		{current: '', contexts: [], files: ['~/.kube/config'], problem: {...forbidden, what: 'Could not read ~/.kube/config', cause: 'line 3 is not YAML'}},
		{type: 'contexts', top: 0},
		small,
	);
	assert.deepEqual(textOf(page), [
		' Could not read ~/.kube/config: line 3 is not YAML.',
		` ${'-'.repeat(78)}`,
		' There is no context in what was read.',
		'   ~/.kube/config',
	]);
});

test('calls: failures first, then what is open, then the rest', () => {
	const page = callsPage(calls, {type: 'calls', top: 0}, small);
	assert.equal(plain(page.head), '4 calls  2 open  1 failed');
	assert.deepEqual(textOf(page), [
		' ------------------------------------------------------------------------------',
		'   VERB   PATH                                            STATUS     TIME  BYTES',
		' X GET    /api/v1/namespaces/shop/secrets                 403        5 ms    310',
		' ~ POST   /apis/authorization.k8s~lfsubjectaccessreviews  waiting      0s      0',
		' + WATCH  /api/v1/pods?watch=1&resourceVersion=12         200 open     9m  1.2Mi',
		' . GET    /apis                                           200       31 ms   18Ki',
		'   hidden at this width: FIRST, LAST BYTE, TRIES',
	]);
	assert.match(status(callsPage(calls, {type: 'calls', top: 0}, setting(300, 24))), /Server said: secrets is forbidden: User "bob" .* Audit-Id a-1$/);
	assert.equal(status(callsPage(calls, {type: 'calls', top: 0, cursor: 'call:1'}, small)), ' /api/v1/pods?watch=1&resourceVersion=12');
});

test('calls at 140 columns', () => {
	assert.deepEqual(textOf(callsPage(calls, {type: 'calls', top: 0}, large)), [
		' ------------------------------------------------------------------------------------------------------------------------------------------',
		'   VERB   PATH                                                    STATUS     TIME  FIRST  BYTES  LAST BYTE  TRIES',
		' X GET    /api/v1/namespaces/shop/secrets                         403        5 ms   4 ms    310          -      1',
		' ~ POST   /apis/authorization.k8s.io/v1/selfsubjectaccessreviews  waiting      0s      -      0          -      3',
		' + WATCH  /api/v1/pods?watch=1&resourceVersion=12                 200 open     9m  95 ms  1.2Mi         0s      1',
		' . GET    /apis                                                   200       31 ms  12 ms   18Ki          -      1',
	]);
});

test('a call that was cancelled is no error', () => {
	const [first] = calls;
	assert.ok(first);
	const page = callsPage([{...first, endedAt: first.startedAt + 10, problem: {...forbidden, code: 'cancelled'}}], {type: 'calls', top: 0}, large);
	assert.match(textOf(page)[2] ?? '', /cancelled/);
	assert.equal(plain(page.head), '1 call  0 open  0 failed');
});

test('notices, newest first, each in full', () => {
	assert.deepEqual(textOf(noticesPage(notices, {type: 'notices', top: 0}, small)), [
		' X 60s       Could not list secrets in shop: you may not list secrets. Ask',
		'             whoever keeps the roles of this cluster for list on secrets in',
		'             shop.',
		' + 9m        Copied 3 names',
	]);
	assert.deepEqual(textOf(noticesPage([], {type: 'notices', top: 0}, small)), [' Nothing was said yet.']);
});

test('help: the keys of the screen first, why one is off, narrowed by typing', () => {
	const screen = {type: 'help', about: 'table', filter: '', top: 0} as const;
	assert.deepEqual(textOf(helpPage(help, screen, small)), [
		' KEYS OF TABLE',
		'  object',
		'   d       Describe',
		'   Ctrl-D  Delete (READ-ONLY)',
		'  sort',
		'   N       Sort by name',
		'',
		' KEYS EVERYWHERE',
		'  go',
		'   :       Go to a kind or a screen',
		'  general',
		'   ?       Help',
	]);
	const narrowed = helpPage(help, {...screen, filter: 'sort name'}, small);
	assert.deepEqual(textOf(narrowed), [' KEYS OF TABLE', '  sort', '   N  Sort by name']);
	assert.equal(plain(narrowed.head), '1 of 5 keys');
	assert.deepEqual(textOf(helpPage(help, {...screen, filter: 'zzz'}, small)), [' No key matches zzz.']);
});

test('help at 140 columns has two columns', () => {
	assert.deepEqual(textOf(helpPage(help, {type: 'help', about: 'table', filter: '', top: 0}, large)).slice(0, 5), [
		' KEYS OF TABLE',
		'  object',
		'   d       Describe                                                    Ctrl-D  Delete (READ-ONLY)',
		'  sort',
		'   N       Sort by name',
	]);
});

test('aliases: kinds that can be listed, with their short names; removed ones say so', () => {
	const page = aliasesPage(types, {type: 'aliases', top: 0}, small);
	assert.deepEqual(textOf(page), [
		' ------------------------------------------------------------------------------',
		'   KIND               SHORT   API                   NAMESPACED  VERBS',
		'   deployments        deploy  apps/v1               yes         get,list,watch',
		'   nodes              no      v1                    no          get,list,watch',
		'   pods               po      v1                    yes         get,list,watch',
		' ? widgets (removed)  -       example.com/v1alpha1  yes         get,list,watch',
	]);
	const [opened] = page.lines[0]?.enter ?? [];
	assert.ok(opened?.type === 'go' && opened.screen.type === 'table');
	assert.equal(opened.screen.kind, 'deployments.apps');
	assert.equal(plain(aliasesPage(types, {type: 'aliases', top: 0, search: 'po'}, small).head), '1 of 4 kinds');
});

test('first start: where it was looked, and the ways on that exist', () => {
	const page = startPage(start, {type: 'start', top: 0}, small);
	assert.deepEqual(textOf(page), [
		' ------------------------------------------------------------------------------',
		' No kubeconfig found. Looked at:',
		'   $KUBECONFIG                 not set',
		'   ~/.kube/config              does not exist',
		'   /etc/rancher/k3s/k3s.yaml   exists, not readable by uid 1000',
		'   in-cluster service account  no token mounted',
		'',
		' 1  Give the path of a kubeconfig',
		' 2  Read the k3s file, which belongs to root: quit and run sudo k8tui',
		'    --kubeconfig /etc/rancher/k3s/k3s.yaml',
		' 3  Try demo data: no cluster is contacted',
		' q  Quit. k8tui --check says why a cluster cannot be reached',
	]);
	assert.deepEqual(page.lines.find(({id}) => id === 'way:3')?.enter, [{type: 'connect', demo: 'healthy'}]);
	assert.doesNotMatch(textOf(page).join('\n'), /doctor/);
});

test('first start without a k3s file does not speak of it', () => {
	const {k3s: _, ...without} = start;
	const page = startPage(without, {type: 'start', top: 0}, small);
	assert.deepEqual(
		page.lines.flatMap(({id}) => id ?? []),
		['way:1', 'way:3', 'way:q'],
	);
});

test('every line fits every size', () => {
	const pages: ReadonlyArray<(at: typeof small) => Page> = [
		at => contextsPage(contexts, {type: 'contexts', top: 0}, at),
		at => callsPage(calls, {type: 'calls', top: 0}, at),
		at => noticesPage(notices, {type: 'notices', top: 0}, at),
		at => helpPage(help, {type: 'help', about: 'table', filter: '', top: 0}, at),
		at => aliasesPage(types, {type: 'aliases', top: 0}, at),
		at => startPage(start, {type: 'start', top: 0}, at),
	];
	for (const page of pages) assertFits(page);
});
