import assert from 'node:assert/strict';
import {test} from 'node:test';
import {evaluatePolicy} from '../../../../source/core/net/policy/evaluate-policy.ts';
import type {PolicyVerdict} from '../../../../source/core/net/policy/policy-answer.ts';
import {policyWorld} from '../../../../source/core/net/policy/policy-world.ts';
import {clusterView} from '../../../tools/cluster-view.ts';
import {fuzzPlan, seededRandom} from '../../../tools/random.ts';
import {asked, endOf, ends, oracle, type OraclePolicy, randomPolicy, randomRule, universe, withRule} from './oracle.ts';

const rank: Readonly<Record<PolicyVerdict, number>> = {deny: 0, unknown: 1, allow: 2};

function worldOf(policies: readonly OraclePolicy[]) {
	return policyWorld(clusterView([...universe, ...policies.map(({object}) => object)]));
}

test('the evaluator agrees with the table-written oracle', () => {
	const {runs, seed} = fuzzPlan(600);
	const random = seededRandom(seed);
	const seen: Record<PolicyVerdict, number> = {allow: 0, deny: 0, unknown: 0};
	for (let run = 0; run < runs; run++) {
		const policies = Array.from({length: 1 + random.below(5)}, (_, index) => randomPolicy(random, `p${index}`));
		const world = worldOf(policies);
		for (let question = 0; question < 30; question++) {
			const [from, to] = [random.pick(ends), random.pick(ends)];
			const [protocol, port] = random.pick(asked);
			const expected = oracle(policies, from, to, `${protocol}${port}`);
			const {verdict, reasons} = evaluatePolicy(world, {from: endOf(from), to: endOf(to), protocol, port});
			seen[verdict]++;
			if (verdict === expected) continue;
			assert.fail(
				`seed ${seed}, run ${run}: ${from} -> ${to} ${protocol}/${port} is ${verdict}, the tables say ${expected}\n${reasons.join('\n')}\n${JSON.stringify(policies.map(({object}) => object))}`,
			);
		}
	}
	assert.ok(seen.allow + seen.deny + seen.unknown >= 10_000);
	assert.ok(Math.min(seen.allow, seen.deny, seen.unknown) > 500, `every verdict is met often: ${JSON.stringify(seen)}`);
});

test('a rule more never takes anything away', () => {
	const {runs, seed} = fuzzPlan(300);
	const random = seededRandom(seed + 1);
	let gained = 0;
	for (let run = 0; run < runs; run++) {
		const policies = Array.from({length: 1 + random.below(4)}, (_, index) => randomPolicy(random, `p${index}`));
		const at = random.below(policies.length);
		const more = policies.map((policy, index) => (index === at ? withRule(policy, random.pick(['ingress', 'egress'] as const), randomRule(random)) : policy));
		const [before, after] = [worldOf(policies), worldOf(more)];
		for (let question = 0; question < 20; question++) {
			const [from, to] = [endOf(random.pick(ends)), endOf(random.pick(ends))];
			const [protocol, port] = random.pick(asked);
			const [was, is] = [before, after].map(world => rank[evaluatePolicy(world, {from, to, protocol, port}).verdict]);
			assert.ok((is ?? 0) >= (was ?? 0), `seed ${seed}, run ${run}: ${JSON.stringify(more.map(({object}) => object))}`);
			if ((is ?? 0) > (was ?? 0)) gained++;
		}
	}
	assert.ok(gained > 20, 'rules that were added did open something');
});

test('of any port: what is admitted is what is admitted of each port', () => {
	const {runs, seed} = fuzzPlan(200);
	const random = seededRandom(seed + 2);
	for (let run = 0; run < runs; run++) {
		const policies = Array.from({length: 1 + random.below(3)}, (_, index) => randomPolicy(random, `p${index}`));
		const world = worldOf(policies);
		const [from, to] = [endOf(random.pick(ends)), endOf(random.pick(ends))];
		const [protocol] = random.pick(asked);
		const whole = evaluatePolicy(world, {from, to, protocol});
		const each = [1, 50, 53, 79, 80, 81, 82, 100, 101, 443, 65_535].map(port => ({port, verdict: evaluatePolicy(world, {from, to, protocol, port}).verdict}));
		const best = each.toSorted((a, b) => rank[b.verdict] - rank[a.verdict])[0]?.verdict;
		assert.equal(whole.verdict, best, `seed ${seed}, run ${run}`);
		if (whole.verdict === 'deny') continue;
		const ranges = (whole.ports ?? `${protocol} 1-65535`)
			.slice(protocol.length + 1)
			.split(', ')
			.map(range => range.split('-').map(Number));
		for (const {port, verdict} of each) {
			const isNamed = ranges.some(([first = 0, last = first]) => port >= first && port <= last);
			assert.equal(isNamed, verdict === whole.verdict, `seed ${seed}, run ${run}: ${whole.ports} and port ${port}`);
		}
	}
});
