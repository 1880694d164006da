import assert from 'node:assert/strict';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {repositoryRoot} from './repository.ts';

/** What can be compared with a golden frame: a VirtualScreen is one. */
export type Frame = Readonly<{columns: number; rows: number; lines(): readonly string[]}>;

/**
 * Compares a screen with test/frames/<story>.<columns>x<rows>.txt, text only, trailing blanks left out.
 * `npm run frames` (UPDATE_FRAMES=1) writes the file instead.
 */
export function assertFrame(story: string, frame: Frame): void {
	const name = `${story}.${frame.columns}x${frame.rows}.txt`;
	const path = join(repositoryRoot, 'test', 'frames', name);
	const lines = frame.lines().map(line => line.trimEnd());
	if (process.env['UPDATE_FRAMES'] === '1') {
		mkdirSync(join(repositoryRoot, 'test', 'frames'), {recursive: true});
		writeFileSync(path, `${lines.join('\n')}\n`);
		return;
	}
	assert.deepEqual(lines, storedLines(path, name), `The screen differs from test/frames/${name}; \`npm run frames\` rewrites it`);
}

function storedLines(path: string, name: string): string[] {
	try {
		return readFileSync(path, 'utf8').replace(/\n$/, '').split('\n');
	} catch (error) {
		throw new Error(`There is no test/frames/${name} yet; \`npm run frames\` writes it`, {cause: error});
	}
}
