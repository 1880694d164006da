import assert from 'node:assert/strict';
import {test} from 'node:test';
import {allUnreadySince, unreadySince} from '../../../source/core/net/unready-since.ts';
import {podObject} from '../../tools/cluster-view.ts';

const leaving = {metadata: {deletionTimestamp: '2026-01-02T14:00:30Z', deletionGracePeriodSeconds: 30}};

test('since its readiness was lost, or since it was told to go, whichever came first; unknown while it is ready', () => {
	assert.equal(unreadySince(podObject('shop/a', {ready: false})), Date.parse('2026-01-01T00:00:10Z'));
	assert.equal(unreadySince(podObject('shop/a')), undefined);
	assert.equal(unreadySince(podObject('shop/a', leaving)), Date.parse('2026-01-02T14:00:00Z'), 'not since it became ready');
	assert.equal(unreadySince(podObject('shop/a', {...leaving, ready: false})), Date.parse('2026-01-01T00:00:10Z'));
	assert.equal(unreadySince(podObject('shop/a', {status: {conditions: []}})), undefined);
});

test('of several pods since the last of them was lost; unknown where there are none, or one does not say', () => {
	const [lost, gone] = [podObject('shop/a', {ready: false}), podObject('shop/b', leaving)];
	const now = Date.parse('2026-01-02T15:00:00Z');
	assert.equal(allUnreadySince([lost, gone], now), Date.parse('2026-01-02T14:00:00Z'));
	assert.equal(allUnreadySince([lost, gone], 5), 5, 'a clock that is ahead');
	assert.equal(allUnreadySince([], now), undefined);
	assert.equal(allUnreadySince([lost, podObject('shop/c')], now), undefined);
});
