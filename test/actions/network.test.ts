import assert from 'node:assert/strict';
import {test} from 'node:test';
import {networkScreen, unmoved} from '../../source/core/net/network-start.ts';
import type {NetworkScreen} from '../../source/core/screen.ts';
import {objectScreen} from '../../source/core/targets.ts';
import {actionContext, pageFrame, podItem, tableFrame} from '../tools/frames.ts';
import {runAction} from '../tools/run-action.ts';

const on = (screen: Partial<NetworkScreen> = {}) => actionContext(pageFrame({screen: networkScreen(screen)}));

test('the digits are the tabs, Tab goes round', () => {
	for (const tab of ['dns', 'path', 'policy', 'probes', 'routes'] as const)
		assert.deepEqual(runAction(`network.${tab}`, on()), [{type: 'change', screen: {type: 'network', tab, top: 0, cursor: unmoved}}]);
	const [next] = runAction('network.next-tab', on({tab: 'routes'}));
	assert.deepEqual(next, {type: 'change', screen: {type: 'network', tab: 'dns', top: 0, cursor: unmoved}});
	const [before] = runAction('network.previous-tab', on({tab: 'dns'}));
	assert.deepEqual(before, {type: 'change', screen: {type: 'network', tab: 'routes', top: 0, cursor: unmoved}});
});

test('t names what the tab is about, i the client', () => {
	const text = (tab: NetworkScreen['tab'], id = 'network.target') => {
		const [first] = runAction(id, on({tab}));
		return typeof first === 'object' && first.type === 'prompt' ? first.text : first;
	};
	assert.equal(text('dns'), 'net name ');
	assert.equal(text('path'), 'net path ');
	assert.equal(text('probes'), 'net target ');
	assert.deepEqual(text('routes'), {type: 'page-command', command: 'row-path'});
	assert.equal(text('dns', 'network.from'), 'net from ');
	assert.equal(text('policy', 'network.port'), 'net port ');
	assert.equal(runAction('network.port', on({tab: 'dns'})), 'This is for the tab 3 Policy');
	assert.equal(text('policy', 'network.next'), 'net namespace ');
	assert.deepEqual(text('path', 'network.next'), {type: 'page-command', command: 'next'});
});

test('o shows only what is wrong, and everything again', () => {
	assert.deepEqual(runAction('network.only-faults', on()), [{type: 'change', screen: {type: 'network', faultsOnly: true}}]);
	assert.deepEqual(runAction('network.only-faults', on({faultsOnly: true})), [{type: 'change', screen: {type: 'network', faultsOnly: false}}]);
});

test('what needs to know more is asked of what feeds the page: probes, fix, report, cancel', () => {
	for (const [id, command] of [
		['probe', 'probe'],
		['rerun', 'rerun'],
		['fix', 'fix'],
		['copy-fix', 'copy-fix'],
		['copy-report', 'copy-report'],
		['cancel', 'cancel'],
		['left', 'cell-left'],
		['right', 'cell-right'],
	])
		assert.deepEqual(runAction(`network.${id}`, on()), [{type: 'page-command', command}]);
	assert.deepEqual(runAction('network.probe-way', on()), [{type: 'page-command', command: 'probe', words: ['always']}]);
});

test('g W follows the way to the row or the object on screen', () => {
	const opened = (of: string) => runAction('network.open-path', actionContext(tableFrame({of, items: [podItem('web-1')]})));
	assert.deepEqual(opened('pods'), [{type: 'open', screen: networkScreen({tab: 'path', target: 'pod/web-1.shop'})}]);
	const page = (kind: string) => actionContext(pageFrame({screen: objectScreen('x', {apiVersion: 'v1', kind, namespace: 'shop', name: 'web'})}));
	assert.deepEqual(runAction('network.open-path', page('Service')), [{type: 'open', screen: networkScreen({tab: 'path', target: 'svc/web.shop'})}]);
	assert.match(String(runAction('network.open-path', page('Secret'))), /^No path leads to a Secret/);
	assert.equal(runAction('network.open-path', actionContext(tableFrame())), 'There is no row to follow the way to');
});

test('g w opens the network of the namespace in force', () => {
	assert.deepEqual(runAction('go.network', actionContext(tableFrame())), [{type: 'go', screen: networkScreen({namespace: 'shop'})}]);
});
