import assert from 'node:assert/strict';
import {test} from 'node:test';
import {net} from '../../source/commands/net.ts';
import type {Effect} from '../../source/core/effect.ts';
import {networkScreen, unmoved, viewOfScreen} from '../../source/core/net/network-start.ts';
import type {NetworkScreen} from '../../source/core/screen.ts';
import {commandContext, pageFrame, tableFrame} from '../tools/frames.ts';

function onTable(line: string): readonly Effect[] {
	return net.run(line === '' ? [] : line.split(' '), commandContext(tableFrame()));
}

function onNetwork(line: string, screen: Partial<NetworkScreen> = {}): unknown {
	const [effect] = net.run(line.split(' '), commandContext(pageFrame({screen: networkScreen(screen)})));
	return effect?.type === 'change' ? effect.screen : effect;
}

test(':net opens the screen, in the namespace in force', () => {
	assert.deepEqual(onTable(''), [{type: 'open', screen: networkScreen({namespace: 'shop'})}]);
	assert.deepEqual(onTable('policy'), [{type: 'open', screen: networkScreen({namespace: 'shop', tab: 'policy'})}]);
	assert.deepEqual(onTable('probe'), [{type: 'open', screen: networkScreen({namespace: 'shop', tab: 'probes'})}]);
	assert.deepEqual(onTable('dns pg.data'), [{type: 'open', screen: networkScreen({namespace: 'shop', tab: 'dns', name: 'pg.data'})}]);
	assert.deepEqual(onTable('path web.shop:80'), [{type: 'open', screen: networkScreen({namespace: 'shop', tab: 'path', target: 'web.shop:80'})}]);
});

test('on the screen it changes that one; a word without its value takes it back', () => {
	assert.deepEqual(onNetwork('from shop/cart'), {type: 'network', top: 0, cursor: unmoved, from: 'shop/cart'});
	assert.deepEqual(onNetwork('name api.stripe.com'), {type: 'network', top: 0, cursor: unmoved, name: 'api.stripe.com', tab: 'dns'});
	assert.deepEqual(onNetwork('port 5432'), {type: 'network', top: 0, cursor: unmoved, port: '5432', tab: 'policy'});
	assert.deepEqual(onNetwork('namespace data', {tab: 'routes'}), {type: 'network', top: 0, cursor: unmoved, namespace: 'data'});
	assert.deepEqual(onNetwork('from'), {type: 'network', top: 0, cursor: unmoved, from: ''});
	assert.deepEqual(viewOfScreen(networkScreen({from: '', target: 'web'})), {tab: 'dns', faultsOnly: false, target: 'web'});
});

test('target stays on the Probes tab and goes to Path from anywhere else', () => {
	assert.deepEqual(onNetwork('target web.shop', {tab: 'probes'}), {type: 'network', top: 0, cursor: unmoved, target: 'web.shop'});
	assert.deepEqual(onNetwork('target web.shop'), {type: 'network', top: 0, cursor: unmoved, target: 'web.shop', tab: 'path'});
});

test('what-if goes to the Policy tab, with its file', () => {
	const effects = net.run(['what-if', 'new.yaml'], commandContext(pageFrame({screen: networkScreen()})));
	assert.deepEqual(effects, [
		{type: 'change', screen: {type: 'network', top: 0, cursor: unmoved, tab: 'policy'}},
		{type: 'page-command', command: 'what-if', words: ['new.yaml']},
	]);
});

test('image names what the probes make their containers of, where one is', () => {
	const image = {type: 'page-command', command: 'image', words: ['registry/tools:1']};
	assert.deepEqual(net.run(['image', 'registry/tools:1'], commandContext(pageFrame({screen: networkScreen()}))), [image]);
	assert.deepEqual(onTable('image registry/tools:1'), [{type: 'open', screen: networkScreen({namespace: 'shop'})}, image]);
});

test('what cannot be read is said, and nothing opens', () => {
	const text = (line: string) => {
		const [effect] = onTable(line);
		return effect?.type === 'notice' ? effect.text : effect;
	};
	assert.match(String(text('path deploy/web')), /not to deploy/);
	assert.match(String(text('pathh')), /There is no net view pathh/);
});
