import assert from 'node:assert/strict';
import type {ProgramRun} from './program.ts';

/** What no user should ever read: a stack, a value without words, the name of an error class. */
const rubbish = /\n\s+at |\bundefined\b|\[object |\bnull\b|\bNaN\b|\w+Error\b|ECONN|UND_ERR/;

/** A run that failed: code 2, nothing on stdout, one line on stderr that fits the pattern and ends as a sentence. */
export function assertClearFailure(run: ProgramRun, pattern: RegExp): void {
	assert.deepEqual([run.code, run.out], [2, ''], `${run.out}${run.errors}`);
	assertClear(run.errors, pattern);
	assert.match(run.errors, /^[^\n]+[.\w)]\n$/, 'one line');
}

/** A text for a user that says what it should and nothing that only a programmer understands. */
export function assertClear(text: string, pattern: RegExp): void {
	assert.match(text, pattern);
	assert.doesNotMatch(text, rubbish);
}
