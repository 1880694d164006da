import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createLineSplitter} from '../../source/core/lines.ts';
import {ProblemError} from '../../source/core/problem.ts';

const text = '{"name":"é"}\n{"name":"日本"}\n\n{"name":"👩‍🚀"}\nlast';
const bytes = Buffer.from(text);

test('every chunk boundary gives the same lines, inside characters too', () => {
	for (let first = 0; first <= bytes.length; first++) {
		for (let second = first; second <= bytes.length; second++) {
			const splitter = createLineSplitter();
			const lines = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)].flatMap(chunk => splitter.push(chunk));
			assert.deepEqual([...lines, splitter.rest() ?? ''].map(String), text.split('\n'), `${first}, ${second}`);
		}
	}
});

test('byte by byte a line is joined once, and nothing is left after a newline', () => {
	const splitter = createLineSplitter();
	const lines = [...Buffer.from('ab\ncd\n')].flatMap(byte => splitter.push(Buffer.from([byte])));
	assert.deepEqual(lines.map(String), ['ab', 'cd']);
	assert.equal(splitter.rest(), undefined);
});

test('a line beyond the limit is a protocol problem, also when its newline comes at last', () => {
	const isTooLong = (error: unknown) => error instanceof ProblemError && error.problem.code === 'protocol';
	assert.throws(() => createLineSplitter(8).push(Buffer.from('123456789')), isTooLong);
	assert.throws(() => createLineSplitter(8).push(Buffer.from('123456789\n')), isTooLong);
	const splitter = createLineSplitter(8);
	splitter.push(Buffer.from('12345678'));
	assert.throws(() => splitter.push(Buffer.from('9')), isTooLong);
	assert.deepEqual(createLineSplitter(8).push(Buffer.from('12345678\n1234567\n')).map(String), ['12345678', '1234567']);
});
