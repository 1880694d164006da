import assert from 'node:assert/strict';
import {type OpenAppOptions, openApp, type TestApp} from './open-app.ts';

/** Opens the Network screen by a command and waits until its objects are read: what is only looked at is told once a second. */
export async function openNetworkScreen(line: string, options: OpenAppOptions = {}): Promise<TestApp> {
	const app = await openApp({columns: 140, rows: 40, ...options});
	await app.press(`${line}<enter>`);
	await app.pass(2500);
	return app;
}

/** Lets time pass until the screen shows it. */
export async function untilShown(app: TestApp, pattern: RegExp): Promise<void> {
	for (let tries = 0; tries < 60 && !pattern.test(app.text()); tries++) await app.pass(1000);
	assert.match(app.text(), pattern);
}
