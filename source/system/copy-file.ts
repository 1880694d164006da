import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

/**
 * Writes what the clipboard cannot take to a file that only its owner can read, and returns the path. A name is
 * never used twice. Rejects with the system's error (no space, no rights).
 */
export async function writeCopyFile(stateFolder: string, text: string, now: number): Promise<string> {
	const folder = join(stateFolder, 'copied');
	await mkdir(folder, {recursive: true, mode: 0o700});
	const time = new Date(now).toISOString().replace(/\.\d+/, '').replaceAll(':', '');
	for (let number = 1; ; number++) {
		const path = join(folder, `${time}${number === 1 ? '' : `-${number}`}.txt`);
		try {
			await writeFile(path, text, {mode: 0o600, flag: 'wx'});
			return path;
		} catch (error) {
			if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
		}
	}
}
