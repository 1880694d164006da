import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sentRate} from '../../source/ui/sent-rate.ts';
import {createFakeClock} from '../tools/fake-clock.ts';

test('bytes a second over the last ten seconds, and nothing before two have passed', () => {
	const clock = createFakeClock();
	let bytes = 5000;
	const rate = sentRate(clock, () => bytes);
	clock.jump(1000);
	assert.equal(rate(), undefined);
	bytes += 300;
	clock.jump(2000);
	assert.equal(rate(), 100);
	for (let second = 0; second < 20; second++) {
		clock.jump(1000);
		bytes += 40;
		rate();
	}
	assert.equal(rate(), 40);
});
