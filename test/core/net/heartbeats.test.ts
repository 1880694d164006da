import assert from 'node:assert/strict';
import {test} from 'node:test';
import {clockOffset, type Renewal} from '../../../source/core/net/heartbeats.ts';

/** Renewals newest first: `offsets` are those of the node's clock, ms; `every` how far apart they were written. */
function renewals(offsets: readonly number[], every = 10_000): readonly Renewal[] {
	return offsets.map((offset, index) => ({renewedAt: 1_000_000 - index * every + offset, seenAt: 1_000_000 - index * every}));
}

test('the median of the last five, ahead and behind', () => {
	assert.deepEqual(clockOffset(renewals([4000, 4100, 3900, 4000, 4050, 90_000])), {offsetMs: 4000, regular: true});
	assert.deepEqual(clockOffset(renewals([-4000, -4100, -3900, -4000, -4050])), {offsetMs: -4000, regular: true});
	assert.equal(clockOffset(renewals([4000, 4000, 4000, 4000])), undefined, 'four are too few');
});

test('one that was seen late changes nothing', () => {
	const late = renewals([0, 0, 0, 0, 0]).map((one, index) => (index === 2 ? {...one, seenAt: one.seenAt + 30_000} : one));
	assert.deepEqual(clockOffset(late), {offsetMs: 0, regular: true});
});

test('renewals that are not as far apart as they should be are irregular; a longer lease is renewed less often', () => {
	assert.equal(clockOffset(renewals([0, 0, 0, 0, 0], 14_000))?.regular, false);
	assert.equal(clockOffset(renewals([0, 0, 0, 0, 0], 10_400))?.regular, true);
	assert.equal(clockOffset(renewals([0, 0, 0, 0, 0], 20_000), 80)?.regular, true);
});
