import {fork} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {repositoryRoot} from '../tools/repository.ts';
import type {PartOptions, PartResult} from './part.ts';

/**
 * Runs a part in a process of its own and ends it after the limit; its servers and programs end with it, when their channel or terminal closes.
 * A text says why there is no result.
 */
export async function runPart(name: string, options: PartOptions, limitMs: number): Promise<PartResult | string> {
	const path = join(repositoryRoot, 'test', 'bench', 'part-process.ts');
	// One that is ended cannot clear up behind itself.
	const folder = mkdtempSync(join(tmpdir(), 'k8tui-bench-part-'));
	const child = fork(path, [name, JSON.stringify(options)], {execArgv: ['--expose-gc'], serialization: 'advanced', env: {...process.env, TMPDIR: folder}});
	let result: PartResult | undefined;
	let isLate = false;
	child.once('message', message => {
		result = message as PartResult; // part-process.ts sends just this
	});
	const limit = setTimeout(() => {
		isLate = true;
		child.kill('SIGKILL');
	}, limitMs);
	const code = await new Promise<number | null>(resolve => child.once('exit', resolve));
	clearTimeout(limit);
	rmSync(folder, {recursive: true, force: true, maxRetries: 3});
	if (result !== undefined) return result;
	return isLate ? `stopped after ${Math.round(limitMs / 1000)} s` : `ended with ${code} before it had a result`;
}
