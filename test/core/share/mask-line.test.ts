import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../../source/core/line.ts';
import {maskLine} from '../../../source/core/share/mask-line.ts';
import {plainMask} from '../../../source/core/share/mask-text.ts';

test('columns stay where they are', () => {
	const options = {...plainMask, addresses: true, pseudonym: (name: string) => (name === 'checkout-5b8c' ? 'pod-1' : name === 'a' ? 'service-12' : undefined)};
	const line = maskLine([{text: ' checkout-5b8c  '}, {text: '10.244.2.37  '}, {text: 'a '}, {text: 'Running', tone: 'ok'}], options);
	assert.equal(plain(line), ' pod-1          10.244.x.x   s~Running');
});

test('a line without anything to mask is the same line', () => {
	const line = [{text: 'Running'}];
	assert.equal(maskLine(line, plainMask), line);
});
