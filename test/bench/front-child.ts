import {type ChildProcess, fork} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {repositoryRoot} from '../tools/repository.ts';
import type {FrontCounts} from './front.ts';

/** `write`: what the pods of the namespace `load` write from now on; with `most` it is in the past. `advance`: the server's clock jumps. */
export type FrontOrder = Readonly<{id: number} & ({type: 'write'; everyMs: number; most?: number} | {type: 'advance'; ms: number} | {type: 'count'})>;
export type FrontAnswer = Readonly<{id: number; counts: FrontCounts}>;

type Wish = FrontOrder extends infer One ? (One extends {id: number} ? Omit<One, 'id'> : never) : never;

/** The demo server with the front before it, in another process. */
export type FrontChild = AsyncDisposable &
	Readonly<{
		kubeconfig: string;
		kubeconfigPath: string;
		/** Resolves when it is done, with what was counted so far. */
		order(wish: Wish): Promise<FrontCounts>;
	}>;

/** Starts a story with so many pods in the namespace `load`, and so many nodes more than it has; resolves when it serves. */
export async function startFront(story: string, {pods = 0, moreNodes = 0}: Readonly<{pods?: number; moreNodes?: number}>): Promise<FrontChild> {
	const child = fork(join(repositoryRoot, 'test', 'bench', 'front-process.ts'), [story, String(pods), String(moreNodes)], {execArgv: []});
	// front-process.ts sends just this first.
	const {kubeconfig} = (await nextMessage(child, () => true)) as {kubeconfig: string};
	const folder = mkdtempSync(join(tmpdir(), 'k8tui-bench-'));
	const kubeconfigPath = join(folder, 'kubeconfig');
	writeFileSync(kubeconfigPath, kubeconfig, {mode: 0o600});
	let id = 0;
	return {
		kubeconfig,
		kubeconfigPath,
		async order(wish) {
			const order: FrontOrder = {...wish, id: ++id};
			const answered = nextMessage(child, message => (message as FrontAnswer).id === order.id);
			child.send(order);
			// front-process.ts answers each order with this.
			return ((await answered) as FrontAnswer).counts;
		},
		async [Symbol.asyncDispose]() {
			const ended = new Promise(resolve => child.once('exit', resolve));
			child.disconnect();
			await ended;
			rmSync(folder, {recursive: true, force: true});
		},
	};
}

function nextMessage(child: ChildProcess, isMeant: (message: unknown) => boolean): Promise<unknown> {
	return new Promise((resolve, reject) => {
		const finish = (run: () => void): void => {
			child.off('message', look);
			child.off('exit', ended);
			run();
		};
		const look = (message: unknown): void => {
			if (isMeant(message)) finish(() => resolve(message));
		};
		const ended = (code: number | null): void => finish(() => reject(new Error(`The server ended with ${code}`)));
		child.on('message', look);
		child.on('exit', ended);
	});
}
