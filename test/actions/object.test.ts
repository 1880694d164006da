import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ObjectScreen, ObjectTab} from '../../source/core/screen.ts';
import {objectScreen} from '../../source/core/targets.ts';
import {actionContext, pageFrame} from '../tools/frames.ts';
import {runAction} from '../tools/run-action.ts';

const secret = {apiVersion: 'v1', kind: 'Secret', name: 'db', namespace: 'shop'};
const lines = [
	{line: [{text: ' data:'}], id: 'line:1', copy: 'data:'},
	{line: [{text: '   password: (masked, 13 bytes)'}], id: 'line:2', copy: 'password: (masked, 13 bytes)'},
	{line: [{text: ' user'}], id: 'key:user', copy: 'user'},
];
const on = (screen: Partial<ObjectScreen> = {}, ref = secret) =>
	actionContext(pageFrame({lines, screen: {...objectScreen(ref.kind === 'Secret' ? 'secrets' : 'pods', ref), ...screen}}));

test('tabs by digit, by letter, and round with Tab', () => {
	assert.deepEqual(runAction('object.yaml', on()), [{type: 'change', screen: {type: 'object', tab: 'yaml', top: 0, left: 0}}]);
	const next = (from: ObjectTab, id: string): unknown => {
		const [effect] = runAction(id, on({tab: from}));
		return typeof effect === 'object' && effect.type === 'change' && 'tab' in effect.screen ? effect.screen.tab : undefined;
	};
	assert.deepEqual(
		(['summary', 'yaml', 'events', 'related'] as const).map(tab => next(tab, 'object.next-tab')),
		['yaml', 'events', 'related', 'summary'],
	);
	assert.equal(next('summary', 'object.previous-tab'), 'related');
});

/** Which keys of the Secret would be shown after the question; undefined: nothing is asked. */
function revealedBy(screen: Partial<ObjectScreen>): unknown {
	const [effect] = runAction('object.decode', on(screen));
	if (typeof effect !== 'object' || effect.type !== 'ask') return undefined;
	const [shown] = effect.dialog.effects;
	return shown?.type === 'change' && 'revealed' in shown.screen ? shown.screen.revealed : undefined;
}

test('x asks before it shows the value under the cursor, or all of them', () => {
	assert.deepEqual(revealedBy({tab: 'yaml', cursor: 'line:2'}), ['password']);
	assert.deepEqual(revealedBy({tab: 'summary', cursor: 'key:user'}), ['user']);
	assert.deepEqual(revealedBy({tab: 'yaml', cursor: 'line:1'}), ['*']);
});

test('x hides again without a question, and means nothing on other kinds', () => {
	assert.deepEqual(runAction('object.decode', on({revealed: ['*']})), [{type: 'change', screen: {type: 'object', revealed: []}}]);
	const [effect] = runAction('object.decode', on({}, {...secret, kind: 'Pod'}));
	assert.deepEqual(effect, {type: 'notice', tone: 'muted', text: 'Only the values of a Secret are hidden'});
});

test('managedFields and full screen turn round', () => {
	assert.deepEqual(runAction('object.managed-fields', on()), [{type: 'change', screen: {type: 'object', tab: 'yaml', managedFields: true}}]);
	assert.deepEqual(runAction('object.full-screen', on({fullScreen: true})), [{type: 'change', screen: {type: 'object', fullScreen: false}}]);
});
