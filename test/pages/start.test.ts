import assert from 'node:assert/strict';
import {test} from 'node:test';
import {startPage} from '../../source/pages/start.ts';
import {start} from './other-fixture.ts';
import {assertFits, setting, textOf} from './page-fixture.ts';

const small = setting(80, 24);

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

test('every line fits every size', () => assertFits(at => startPage(start, {type: 'start', top: 0}, at)));
