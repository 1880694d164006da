import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {systemClock} from '../../source/system/clock.ts';
import {patienceMs} from '../tools/eventually.ts';
import {repositoryRoot} from '../tools/repository.ts';

test('a timer runs once, and not at all when disposed', async () => {
	const clock = systemClock('hold');
	const ran: string[] = [];
	const disposed = clock.after(1, () => ran.push('disposed'));
	disposed[Symbol.dispose]();
	await new Promise<void>(resolve => clock.after(2, () => resolve(void ran.push('kept'))));
	assert.deepEqual(ran, ['kept']);
});

test('a timer longer than node can wait for does not fire at once', async () => {
	const clock = systemClock('hold');
	let fired = false;
	const far = clock.after(2 ** 40, () => {
		fired = true;
	});
	await new Promise<void>(resolve => clock.after(5, resolve));
	far[Symbol.dispose]();
	assert.equal(fired, false);
});

test('a let-go timer does not keep the process, a hold timer does', () => {
	const module = pathToFileURL(join(repositoryRoot, 'source', 'system', 'clock.ts')).href;
	const run = (timers: string) =>
		execFileSync(
			process.execPath,
			['--input-type=module', '-e', `const {systemClock} = await import('${module}'); systemClock('${timers}').after(50, () => console.log('fired'));`],
			{
				encoding: 'utf8',
				timeout: patienceMs,
			},
		);
	assert.equal(run('let-go'), '');
	assert.equal(run('hold'), 'fired\n');
});
