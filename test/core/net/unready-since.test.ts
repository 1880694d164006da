import assert from 'node:assert/strict';
import {test} from 'node:test';
import {unreadySince} from '../../../source/core/net/unready-since.ts';
import {podObject} from '../../tools/cluster-view.ts';

const leaving = {metadata: {deletionTimestamp: '2026-01-02T14:00:30Z', deletionGracePeriodSeconds: 30}};

test('since its readiness was lost, or since it was told to go, whichever came first; unknown while it is ready', () => {
	assert.equal(unreadySince(podObject('shop/a', {ready: false})), Date.parse('2026-01-01T00:00:10Z'));
	assert.equal(unreadySince(podObject('shop/a')), undefined);
	assert.equal(unreadySince(podObject('shop/a', leaving)), Date.parse('2026-01-02T14:00:00Z'), 'not since it became ready');
	assert.equal(unreadySince(podObject('shop/a', {...leaving, ready: false})), Date.parse('2026-01-01T00:00:10Z'));
	assert.equal(unreadySince(podObject('shop/a', {status: {conditions: []}})), undefined);
});
