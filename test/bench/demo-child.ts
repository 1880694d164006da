import {type ChildProcess, fork} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {repositoryRoot} from '../tools/repository.ts';

/** A demo server in another process. */
export type DemoChild = AsyncDisposable &
	Readonly<{kubeconfigPath: string; pid: number /** Events a second; 0 stops. */; churn(eventsPerSecond: number): void}>;

/** Starts the story (`ten-thousand-pods:100000`) in a process of its own; resolves when it serves. */
export async function startDemoChild(story: string): Promise<DemoChild> {
	const child = fork(join(repositoryRoot, 'test', 'bench', 'demo-process.ts'), [story], {execArgv: []});
	const {kubeconfig} = await firstMessage(child);
	const folder = mkdtempSync(join(tmpdir(), 'k8tui-bench-'));
	const kubeconfigPath = join(folder, 'kubeconfig');
	writeFileSync(kubeconfigPath, kubeconfig, {mode: 0o600});
	return {
		kubeconfigPath,
		pid: child.pid ?? 0,
		churn: eventsPerSecond => void child.send({churn: eventsPerSecond}),
		async [Symbol.asyncDispose]() {
			const ended = new Promise(resolve => child.once('exit', resolve));
			child.disconnect();
			await ended;
			rmSync(folder, {recursive: true, force: true});
		},
	};
}

function firstMessage(child: ChildProcess): Promise<{kubeconfig: string}> {
	return new Promise((resolve, reject) => {
		child.once('message', message => resolve(message as {kubeconfig: string})); // demo-process.ts sends just this
		child.once('exit', code => reject(new Error(`The demo server ended with ${code}`)));
	});
}
