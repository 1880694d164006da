import assert from 'node:assert/strict';
import {test} from 'node:test';
import {objectScreen} from '../../source/core/targets.ts';
import {actionContext, linesOf, pageFrame, podId, podItem, tableFrame} from '../tools/frames.ts';
import {runAction} from '../tools/run-action.ts';

const items = [podItem('web-1'), podItem('web-2'), podItem('it|s')];
const one = actionContext(tableFrame({items, screen: {cursor: podId('web-2')}}));
const marked = actionContext(tableFrame({items, screen: {cursor: podId('web-2'), marks: [podId('web-1'), podId('it|s')]}}));
const object = actionContext(
	pageFrame({lines: linesOf('apiVersion: v1', '  name: x'), screen: objectScreen('pods', {apiVersion: 'v1', kind: 'Pod', name: 'web-1', namespace: 'shop'})}),
);

function copied(id: string, context: Parameters<typeof runAction>[1]): unknown {
	const [effect] = runAction(id, context);
	return typeof effect === 'object' && effect.type === 'copy' ? [effect.text, effect.what] : effect;
}

test('names of the row under the cursor, or of those that are marked', () => {
	assert.deepEqual(copied('copy.name', one), ['web-2', '1 name']);
	assert.deepEqual(copied('copy.name', marked), ['web-1\nit|s', '2 names']);
	assert.deepEqual(copied('copy.full', marked), ['shop/web-1\nshop/it|s', 'namespace/name']);
	assert.deepEqual(copied('copy.namespace', one), ['shop', 'the namespace']);
	assert.deepEqual(copied('copy.object-name', object), ['web-1', '1 name']);
	assert.equal(runAction('copy.name', actionContext(tableFrame())), 'There is nothing to copy here');
});

test('lines that can be pasted into a shell, one for each object', () => {
	assert.deepEqual(copied('copy.kubectl', marked), [
		"kubectl --context prod-eu1 -n shop get pod/web-1 -o yaml\nkubectl --context prod-eu1 -n shop get 'pod/it|s' -o yaml",
		'the kubectl line',
	]);
	assert.deepEqual(copied('copy.line', one), ['k8tui pods -n shop --context prod-eu1', 'the command line of this view']);
});

test('rows as a Markdown table, bars in them made safe', () => {
	const [text] = copied('copy.markdown', marked) as [string];
	const [head, rule, first, second] = text.split('\n');
	assert.match(head ?? '', /^\| NAME \| READY \|/);
	assert.match(rule ?? '', /^\| --- \| --- \|/);
	assert.match(first ?? '', /^\| web-1 \|/);
	assert.match(second ?? '', /^\| it\\\|s \|/);
});

test('the text of a tab is copied without the cell of the cursor', () => {
	assert.deepEqual(copied('copy.text', object), ['apiVersion: v1\n  name: x\n', 'the text of this tab']);
});

test('c on a page copies what its line gives, else the object, else says that there is nothing', () => {
	const lines = [{line: [{text: ' GET /api'}], id: 'call:1', copy: '/api'}];
	assert.deepEqual(copied('copy.focused', actionContext(pageFrame({lines, screen: {type: 'calls', top: 0}}))), ['/api', '/api']);
	assert.deepEqual(copied('copy.focused', object), ['web-1', '1 name']);
	assert.deepEqual(copied('copy.focused', actionContext(pageFrame())), {type: 'notice', tone: 'muted', text: 'There is nothing to copy here'});
});
