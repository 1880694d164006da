import {createWriteStream, mkdirSync, writeFileSync} from 'node:fs';
import {Session} from 'node:inspector/promises';
import {join} from 'node:path';

/** One drawn frame. `at` ms since the process began; `bytes`: sent to the terminal since the frame before. */
export type FrameTimes = Readonly<{at: number; renderMs: number; bytes: number; columns: number; rows: number}>;

export type Profile = Readonly<{frame(times: FrameTimes): void; stop(): Promise<void>}>;

/**
 * Records into a folder, made where it is missing: `frames.ndjson`, a line a frame, and at the end `k8tui.cpuprofile`, which browsers' developer
 * tools open. Both are readable by the owner alone. Rejects where the folder cannot be written.
 */
export async function startProfile(folder: string): Promise<Profile> {
	mkdirSync(folder, {recursive: true, mode: 0o700});
	const frames = createWriteStream(join(folder, 'frames.ndjson'), {mode: 0o600});
	await new Promise<void>((resolve, reject) => {
		frames.once('open', () => resolve());
		frames.once('error', reject);
	});
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.start');
	return {
		frame: times => void frames.write(`${JSON.stringify(times)}\n`),
		async stop() {
			const {profile} = await session.post('Profiler.stop');
			session.disconnect();
			writeFileSync(join(folder, 'k8tui.cpuprofile'), JSON.stringify(profile), {mode: 0o600});
			await new Promise<void>(resolve => frames.end(resolve));
		},
	};
}
