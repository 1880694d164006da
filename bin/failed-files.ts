import {relative} from 'node:path';
import type {TestEvent} from 'node:test/reporters';

/** A reporter of node's test runner, which wants a default export: the files with a failed test, one a line, relative to the working folder. */
export default async function* failedFiles(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
	const told = new Set<string>();
	for await (const event of events) {
		if (event.type !== 'test:fail' || event.data.file === undefined || told.has(event.data.file)) continue;
		told.add(event.data.file);
		yield `${relative(process.cwd(), event.data.file)}\n`;
	}
}
