import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {startDemo} from '../../source/demo/server.ts';
import {runProgram, temporaryHome} from '../tools/program.ts';

const timeout = 300_000;
const reviews = /^\/apis\/(?:authorization|authentication)\.k8s\.io\/v1\/selfsubject(?:access|rules)?reviews$/;
const runs: ReadonlyArray<readonly string[]> = [
	['dns'],
	['dns', '--name', 'web.shop'],
	['path', 'web.shop:80'],
	['path', 'https://shop.example.com/'],
	['policy'],
	['policy', '--from', 'shop/none', '--to', 'shop/none'],
	['probe'],
	['routes'],
];

for (const args of runs) {
	test(`k8tui net ${args.join(' ')} sends reads and access reviews, nothing else`, {timeout}, async () => {
		await using demo = await startDemo({story: 'dns-same-node', realTime: false});
		using home = temporaryHome();
		const kubeconfig = join(home.path, 'config');
		writeFileSync(kubeconfig, demo.kubeconfig());
		for (const format of ['text', 'json', 'md']) {
			const {code, out, errors} = await runProgram(home.path, ['net', ...args, '-o', format], {KUBECONFIG: kubeconfig});
			assert.ok(code !== null && code <= 3 && out !== '', errors);
			if (format === 'json') {
				// The output of this run.
				const report = JSON.parse(out) as {verdict?: {id?: string}; findings?: unknown[]; ruledOut?: unknown[]; notChecked?: unknown[]};
				assert.ok(report.verdict?.id, 'there is always a verdict');
				for (const part of [report.findings, report.ruledOut, report.notChecked]) assert.ok(Array.isArray(part));
			}
		}
		const odd = demo.requests
			.all()
			.filter(({method, path}) => !(method === 'GET' && !/\/(?:exec|attach|portforward)$/.test(path)) && !(method === 'POST' && reviews.test(path)));
		assert.deepEqual(
			odd.map(({method, path}) => `${method} ${path}`),
			[],
		);
	});
}

test('--read-only and --probe exclude each other: nothing is sent at all', {timeout}, async () => {
	await using demo = await startDemo({story: 'healthy', realTime: false});
	using home = temporaryHome();
	const kubeconfig = join(home.path, 'config');
	writeFileSync(kubeconfig, demo.kubeconfig());
	const {code, errors} = await runProgram(home.path, ['net', 'dns', '--probe', 'exec', '--read-only'], {KUBECONFIG: kubeconfig});
	assert.equal(code, 3);
	assert.match(errors, /--probe exec sends traffic from inside the cluster, and --read-only refuses that/);
	assert.deepEqual(demo.requests.all(), []);
});

test('a destination that cannot be read is told before anything is asked', {timeout}, async () => {
	using home = temporaryHome();
	const {code, errors} = await runProgram(home.path, ['net', 'path', 'deploy/web', '-o', 'text']);
	assert.equal(code, 3);
	assert.match(errors, /not to deploy/);
});
