import assert from 'node:assert/strict';
import {test} from 'node:test';
import {commands} from '../../source/commands/index.ts';
import {objectScreen, tableScreen} from '../../source/core/targets.ts';
import {runCommand} from '../../source/ui/run-command.ts';
import {commandContext, pageFrame, podId, podItem, tableFrame} from '../tools/frames.ts';

const run = (line: string, context = commandContext()) => runCommand(line, context, commands);

test('a kind goes to its table in the namespace in force', () => {
	assert.deepEqual(run('pods'), [{type: 'go', screen: tableScreen('pods', {namespace: 'shop'})}]);
	assert.deepEqual(run('nodes'), [{type: 'go', screen: tableScreen('nodes')}]);
	assert.deepEqual(run('deployments.apps'), [{type: 'go', screen: tableScreen('deployments.apps', {namespace: 'shop'})}]);
});

test('where and what of it, in any order', () => {
	assert.deepEqual(run('pods data'), [
		{type: 'namespace', namespace: 'data'},
		{type: 'go', screen: tableScreen('pods', {namespace: 'data'})},
	]);
	assert.deepEqual(run('pods -A /status!=Running'), [
		{type: 'namespace', namespace: undefined},
		{type: 'go', screen: tableScreen('pods', {filter: 'status!=Running'})},
	]);
	assert.deepEqual(run('pods app=web'), [{type: 'go', screen: tableScreen('pods', {namespace: 'shop', labelSelector: 'app=web'})}]);
	assert.deepEqual(run('pods @lab').slice(0, 1), [{type: 'context', name: 'lab'}]);
	assert.deepEqual(run('pods @prod-eu1'), [{type: 'go', screen: tableScreen('pods', {namespace: 'shop'})}]);
});

test('kind/name opens the object', () => {
	assert.deepEqual(run('pod/web-1'), [{type: 'open', screen: objectScreen('pods', {apiVersion: 'v1', kind: 'Pod', name: 'web-1', namespace: 'shop'})}]);
	const everywhere = commandContext(pageFrame({state: {namespace: undefined}}));
	const [effect] = run('pod/web-1', everywhere);
	assert.ok(effect?.type === 'notice' && effect.text.includes('name it'));
});

test(':42 goes to a row', () => {
	const frame = tableFrame({items: Array.from({length: 60}, (_, index) => podItem(`p${index}`))});
	const [effect] = run('42', commandContext(frame));
	assert.ok(effect?.type === 'change' && effect.screen.type === 'table' && effect.screen.cursor === podId('p41'));
});

test('commands by name and alias come before kinds; nothing typed does nothing', () => {
	assert.deepEqual(run('ns'), [{type: 'open', screen: tableScreen('namespaces')}]);
	assert.deepEqual(run('theme light'), [{type: 'theme', name: 'light'}]);
	assert.deepEqual(run('  '), []);
});

test('an unknown word proposes the nearest', () => {
	const [effect] = run('pdos');
	assert.deepEqual(effect, {type: 'notice', tone: 'warning', text: 'There is no kind or command pdos. Did you mean pods? Ctrl-A lists the kinds'});
});
