import {chmod, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export type LoginPlugin = AsyncDisposable &
	Readonly<{
		/** An `exec` entry of a kubeconfig user. */
		exec: Readonly<Record<string, unknown>>;
		/** How often it was started, and what it was told (KUBERNETES_EXEC_INFO), oldest first. */
		calls(): Promise<readonly unknown[]>;
		folder: string;
	}>;

/**
 * A login plugin for tests. `script` is JavaScript with `answer(status)` to print an ExecCredential, `count` (1 for the first call) and
 * `process`; it runs in a Node of its own.
 */
export async function createLoginPlugin(script: string, fields: Readonly<Record<string, unknown>> = {}): Promise<LoginPlugin> {
	const folder = await mkdtemp(join(tmpdir(), 'k8tui-plugin-'));
	const log = join(folder, 'calls');
	const program = join(folder, 'login.cjs');
	const apiVersion = fields['apiVersion'] ?? 'client.authentication.k8s.io/v1';
	await writeFile(log, '');
	await writeFile(
		program,
		`const fs = require('node:fs');
fs.appendFileSync(${JSON.stringify(log)}, (process.env.KUBERNETES_EXEC_INFO ?? 'null') + '\\n');
const count = fs.readFileSync(${JSON.stringify(log)}, 'utf8').trim().split('\\n').length;
const answer = (status, apiVersion = ${JSON.stringify(apiVersion)}) => console.log(JSON.stringify({apiVersion, kind: 'ExecCredential', status}));
${script}
`,
	);
	await chmod(program, 0o755);
	return {
		folder,
		exec: {apiVersion, command: process.execPath, args: [program], interactiveMode: 'Never', ...fields},
		// `as`: the plugin's own log, one JSON document a line.
		calls: async () =>
			(await readFile(log, 'utf8'))
				.split('\n')
				.filter(line => line !== '')
				.map(line => JSON.parse(line) as unknown),
		[Symbol.asyncDispose]: () => rm(folder, {recursive: true, force: true}),
	};
}
