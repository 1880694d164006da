import assert from 'node:assert/strict';
import {test} from 'node:test';
import {kubeconfig} from '../../source/commands/kubeconfig.ts';
import type {CommandContext} from '../../source/core/command.ts';

// The record looks at nothing of its context.
const context = {} as CommandContext;

test(':kubeconfig connects to the file, blanks in its path included', () => {
	assert.deepEqual(kubeconfig.run(['~/my', 'file.yaml'], context), [{type: 'connect', kubeconfig: '~/my file.yaml'}]);
});

test(':kubeconfig without a path says how it is used', () => {
	const [effect] = kubeconfig.run([], context);
	assert.equal(effect?.type, 'notice');
});
