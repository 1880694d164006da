import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import type {Page} from '../../source/core/page.ts';
import {contextsPage} from '../../source/pages/contexts.ts';
import {contexts, forbidden} from './other-fixture.ts';
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

test('every line fits every size', () => assertFits(at => contextsPage(contexts, {type: 'contexts', top: 0}, at)));
