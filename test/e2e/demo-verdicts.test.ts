import assert from 'node:assert/strict';
import {test} from 'node:test';
import {runProgram, temporaryHome} from '../tools/program.ts';

type Report = Readonly<{verdict: Readonly<{id: string}>; cells: readonly unknown[]}>;

/** What each story of the demo is about, and the exit code of its gravity. */
const cases: ReadonlyArray<readonly [story: string, args: readonly string[], verdict: string, code: number]> = [
	['healthy', ['dns'], 'NET_NO_FAULT_REPRODUCED', 0],
	['dns-same-node', ['dns'], 'DNS_SAME_NODE_NO_UNNAT', 2],
	['overlay-broken', ['dns'], 'NET_OVERLAY_DROPPED', 2],
	['dns-upstream', ['dns'], 'DNS_UPSTREAM_FAILING', 2],
	['policy-blocks-dns', ['dns', '-n', 'shop'], 'NP_EGRESS_BLOCKS_DNS', 2],
	['no-endpoints', ['path', 'promo.shop'], 'SVC_SELECTOR_NO_POD', 2],
];

for (const [story, args, verdict, code] of cases) {
	test(`net ${args.join(' ')} in the demo story ${story}: ${verdict}`, {timeout: 300_000}, async () => {
		using home = temporaryHome();
		const ran = await runProgram(home.path, ['net', ...args, '--demo', story, '--probe', 'exec', '-o', 'json']);
		// The program's own report, in the form that its documentation gives.
		const report = JSON.parse(ran.out) as Report;
		assert.deepEqual([report.verdict.id, ran.code], [verdict, code], ran.errors);
	});
}
