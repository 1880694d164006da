import {mkdir, open} from 'node:fs/promises';
import {dirname, join} from 'node:path';

/** The file was there already: nothing was written. */
export type Saved = Readonly<{saved: true; path: string} | {saved: false; path: string}>;

export type SaveWish = Readonly<{
	/** As typed; `~/` is the home folder, anything else is seen from the working folder. */
	path: string;
	home: string;
	content: ReadonlyArray<string | Uint8Array>;
	/** Of a file that is there. */
	replace: boolean;
	/** A folder of our own for files like this: made where it is missing, for its owner alone. */
	ownFolder?: string;
}>;

/** Writes a file that only its owner can read. Rejects with the system's error (no such folder, no rights, no space). */
export async function saveFile({path, home, content, replace, ownFolder}: SaveWish): Promise<Saved> {
	const place = path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : path;
	try {
		if (ownFolder !== undefined && dirname(place) === ownFolder) await mkdir(ownFolder, {recursive: true, mode: 0o700});
		await using file = await open(place, replace ? 'w' : 'wx', 0o600);
		// One that was there keeps its rights unless they are set.
		await file.chmod(0o600);
		for (let from = 0; from < content.length; from += chunk) await file.write(joined(content.slice(from, from + chunk)));
		return {saved: true, path: place};
	} catch (error) {
		if (!replace && error instanceof Error && 'code' in error && error.code === 'EEXIST') return {saved: false, path: place};
		throw error;
	}
}

/** Parts that are joined before they are written. */
const chunk = 4096;

function joined(parts: ReadonlyArray<string | Uint8Array>): Buffer {
	return Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : part)));
}
