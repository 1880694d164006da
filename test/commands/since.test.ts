import assert from 'node:assert/strict';
import {test} from 'node:test';
import {since} from '../../source/commands/since.ts';
import {logsScreen} from '../../source/core/logs/logs-start.ts';
import {commandContext, now, pageFrame} from '../tools/frames.ts';

const context = commandContext(pageFrame({screen: logsScreen({type: 'pod', namespace: 'shop', name: 'web-1'})}));

test(':since reads from a time on and begins with its first lines', () => {
	const [effect] = since.run(['10m'], context);
	assert.ok(effect?.type === 'change' && effect.screen.type === 'logs');
	assert.deepEqual([effect.screen.fromTime, effect.screen.follow, effect.screen.clearedBefore], [now - 600_000, false, 0]);
	const [off] = since.run(['off'], context);
	assert.ok(off?.type === 'change' && off.screen.type === 'logs' && off.screen.fromTime === undefined && off.screen.follow === true);
});

test('what is no time, and another screen, say so', () => {
	for (const [words, at] of [
		[['noon'], context],
		[[], context],
		[['10m'], commandContext(pageFrame())],
	] as const)
		assert.deepEqual(
			since.run(words, at).map(({type}) => type),
			['notice'],
		);
});
