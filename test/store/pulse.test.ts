import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Pulse} from '../../source/store/pulse.ts';
import {createFakeClock} from '../tools/fake-clock.ts';

test('the first frame comes at once, later ones at the pace of the link, each job once', async () => {
	const clock = createFakeClock();
	const pulse = new Pulse({clock, tier: () => 'ssh', blocked: () => false});
	let frames = 0;
	const job = (): void => {
		frames++;
	};
	pulse.request(job);
	pulse.request(job);
	await clock.advance(0);
	assert.equal(frames, 1);
	for (let event = 0; event < 100; event++) pulse.request(job);
	await clock.advance(249);
	assert.equal(frames, 1);
	await clock.advance(1);
	assert.equal(frames, 2);
	assert.equal(pulse.idle, true);
});

test('after a frame that took long the next one leaves three times as long, at most half a second', async () => {
	const clock = createFakeClock();
	const pulse = new Pulse({clock, tier: () => 'local', blocked: () => false});
	const took = [60, 1000, 0];
	let frames = 0;
	const job = (): void => clock.jump(took[frames++] ?? 0);
	pulse.request(job);
	await clock.advance(0);
	await clock.advance(0);
	pulse.request(job);
	await clock.advance(119);
	assert.equal(frames, 1);
	await clock.advance(1);
	assert.equal(frames, 2);
	await clock.advance(0);
	pulse.request(job);
	// It was busy for longer than the rest it owes.
	await clock.advance(0);
	assert.equal(frames, 3);
});

test('while stdout is full a frame waits, and comes when it drains', async () => {
	const clock = createFakeClock();
	let full = true;
	const pulse = new Pulse({clock, tier: () => 'local', blocked: () => full});
	let frames = 0;
	pulse.request(() => frames++);
	await clock.advance(1000);
	assert.equal(frames, 0);
	full = false;
	await clock.advance(20);
	assert.equal(frames, 1);
});

test('a cancelled job does not run', async () => {
	const clock = createFakeClock();
	const pulse = new Pulse({clock, tier: () => 'local', blocked: () => false});
	let ran = false;
	const job = (): void => {
		ran = true;
	};
	pulse.request(job);
	pulse.cancel(job);
	await clock.advance(1000);
	assert.equal(ran, false);
});

test('what a job asks for runs in the same frame, and a circle of jobs does not hold it up for ever', async () => {
	const clock = createFakeClock();
	const pulse = new Pulse({clock, tier: () => 'local', blocked: () => false});
	const ran: string[] = [];
	pulse.request(() => {
		ran.push('scope');
		pulse.request(() => ran.push('screen'));
	});
	await clock.advance(0);
	assert.deepEqual(ran, ['scope', 'screen']);
	let rounds = 0;
	const circle = (): void => {
		rounds++;
		pulse.request(circle);
	};
	pulse.request(circle);
	await clock.advance(100);
	assert.ok(rounds > 0 && rounds < 10, `${rounds} rounds in one frame`);
});
