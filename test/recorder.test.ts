import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {Recorder} from '../source/recorder.ts';
import {createFakeClock} from './tools/fake-clock.ts';

test("frames that differ are written with their time, and the file is its owner's alone", async context => {
	const folder = mkdtempSync(join(tmpdir(), 'k8tui-rec-'));
	context.after(() => rmSync(folder, {recursive: true}));
	const clock = createFakeClock();
	let rows = ['a', 'b'];
	let changed = (): void => {};
	let left = 0;
	using recorder = new Recorder({
		clock,
		folder: join(folder, 'exports'),
		rows: () => ({columns: 10, rows}),
		subscribe: told => {
			changed = told;
			return () => left++;
		},
	});
	assert.equal(recorder.record(false), undefined);
	const path = recorder.record(true);
	assert.ok(path !== undefined);
	assert.equal(recorder.record(true), undefined);
	await clock.advance(1500);
	rows = ['a', 'c'];
	changed();
	changed();
	assert.equal(recorder.record(false), path);
	assert.equal(left, 1);
	const [header, first, second, ...more] = readFileSync(path, 'utf8')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as unknown);
	assert.deepEqual(more, []);
	assert.match(JSON.stringify(header), /"version":2,"width":10,"height":2/);
	assert.match(JSON.stringify(first), /^\[0,"o",".*a.*b/);
	assert.match(JSON.stringify(second), /^\[1\.5,"o",".*2;1H.*c/);
	assert.equal(statSync(path).mode & 0o077, 0);
});
