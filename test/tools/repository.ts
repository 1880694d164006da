import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** The checkout's folder, whether the caller runs from test/ or from the compiled copy in build/ or elsewhere. Throws where there is none. */
export const repositoryRoot: string = findRoot([dirname(fileURLToPath(import.meta.url)), process.cwd()]);

/** Path of a file under test/fixtures. */
export function fixturePath(...parts: readonly string[]): string {
	return join(repositoryRoot, 'test', 'fixtures', ...parts);
}

function findRoot(starts: readonly string[]): string {
	for (const start of starts) {
		// build/ may hold a copy of package.json; the lock file lies in the checkout alone.
		for (let folder = start; ; folder = dirname(folder)) {
			if (existsSync(join(folder, 'package-lock.json')) && existsSync(join(folder, 'tsconfig.json'))) return folder;
			if (dirname(folder) === folder) break;
		}
	}
	throw new Error(`No checkout of k8tui above ${starts.join(' or ')}`);
}
