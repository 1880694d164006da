import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {after, type TestContext, test} from 'node:test';
import {promisify} from 'node:util';
import {runProgram, temporaryHome} from '../tools/program.ts';

/**
 * The acceptance table of the network screen, on a cluster that can be broken: K8TUI_LAB_FAULTS is the folder of the scripts that do it
 * (`NAME.sh on|off`), KUBECONFIG_E2E its admin. It has three nodes, pods `shell` (busybox) on each, a Deployment `web` in `demo`, and
 * nobody else may use it meanwhile.
 */
const faults = process.env['K8TUI_LAB_FAULTS'];
const kubeconfig = process.env['KUBECONFIG_E2E'];
const skip =
	faults === undefined || !existsSync(faults) ? 'K8TUI_LAB_FAULTS names no folder with faults' : kubeconfig === undefined && 'KUBECONFIG_E2E is not set';
const run = promisify(execFile);
const timeout = 300_000;
/** Probing one matrix may take this long, with everything around it. */
const slowestMs = 60_000;
/** Until a fault shows, and until it is healed everywhere. */
const patienceMs = 60_000;
const namespace = 'k8tui-e2e-net';

async function kubectl(...args: readonly string[]): Promise<string> {
	return (await run('kubectl', args, {env: {...process.env, KUBECONFIG: kubeconfig}})).stdout.trim();
}

async function fault(name: string, state: 'on' | 'off', ...args: readonly string[]): Promise<void> {
	await run(join(faults ?? '', `${name}.sh`), [state, ...args], {env: {...process.env, KUBECONFIG: kubeconfig}});
}

type Verdict = Readonly<{id: string; severity: string; title: string; confidence: string}>;

async function ask(args: readonly string[]): Promise<Readonly<{verdict: Verdict; tookMs: number; code: number | null}>> {
	using home = temporaryHome();
	const startedAt = Date.now();
	const {out, errors, code} = await runProgram(home.path, ['net', ...args, '--probe', 'exec', '-o', 'json'], {KUBECONFIG: kubeconfig ?? ''});
	assert.notEqual(out, '', errors);
	// The output of the program; what is read of it is compared right after.
	const {verdict} = JSON.parse(out) as {verdict: Verdict};
	return {verdict, tookMs: Date.now() - startedAt, code};
}

/** Asks until the verdict is this one: a fault takes its time to come up and to heal. */
async function expectVerdict(t: TestContext, label: string, args: readonly string[], isExpected: (verdict: Verdict) => boolean): Promise<void> {
	const until = Date.now() + patienceMs;
	for (;;) {
		const {verdict, tookMs, code} = await ask(args);
		if (isExpected(verdict)) {
			t.diagnostic(`${label}: ${verdict.id} (${verdict.confidence}, exit code ${code}) after ${(tookMs / 1000).toFixed(1)} s: ${verdict.title}`);
			assert.ok(tookMs < slowestMs, `${tookMs} ms`);
			return;
		}
		assert.ok(Date.now() < until, `${label}: ${verdict.id} (${verdict.severity}): ${verdict.title}`);
	}
}

type Place = Readonly<{/** A node with CoreDNS, and one without (or any other). */ dnsNode: string; otherNode: string; web: string; webNode: string}>;

/** Pods move from row to row: where they are is looked up for each. */
async function look(): Promise<Place> {
	const nodesOf = async (of: string, label: string) =>
		(await kubectl('-n', of, 'get', 'pods', '-l', label, '--field-selector=status.phase=Running', '-o', 'jsonpath={.items[*].spec.nodeName}')).split(' ');
	const [nodes, dns] = await Promise.all([kubectl('get', 'nodes', '-o', 'jsonpath={.items[*].metadata.name}'), nodesOf('kube-system', 'k8s-app=kube-dns')]);
	const [dnsNode = ''] = dns;
	const otherNode = nodes.split(' ').find(node => !dns.includes(node)) ?? nodes.split(' ').find(node => node !== dnsNode) ?? '';
	const [web = '', webNode = ''] = (
		await kubectl('-n', 'demo', 'get', 'pods', '-l', 'app=web', '-o', 'jsonpath={.items[0].metadata.name} {.items[0].spec.nodeName}')
	).split(' ');
	return {dnsNode, otherNode, web, webNode};
}

async function shellOn(node: string): Promise<string> {
	return `demo/${await kubectl('-n', 'demo', 'get', 'pods', '-l', 'app=shell', `--field-selector=spec.nodeName=${node}`, '-o', 'jsonpath={.items[0].metadata.name}')}`;
}

/** The lab counts its nodes: n1, n2, n3. */
const numberOf = (node: string) => node.replace(/^n/, '');

type Row = Readonly<{
	fault: string;
	verdict: string;
	args?(place: Place): readonly string[];
	ask(place: Place): Promise<readonly string[]>;
	/** Beside the fault: a rollout. */
	also?(): Promise<unknown>;
}>;

const rows: readonly Row[] = [
	{
		fault: 'same-node-service',
		verdict: 'DNS_SAME_NODE_NO_UNNAT',
		args: ({dnsNode}) => [numberOf(dnsNode)],
		ask: async ({dnsNode}) => ['dns', '--from', await shellOn(dnsNode)],
	},
	{
		fault: 'vxlan-drop',
		verdict: 'NET_OVERLAY_DROPPED',
		args: ({dnsNode}) => [numberOf(dnsNode)],
		ask: async ({otherNode}) => ['dns', '--from', await shellOn(otherNode)],
	},
	{
		fault: 'pod-route',
		verdict: 'NET_NODE_PAIR',
		args: ({otherNode, dnsNode}) => [numberOf(otherNode), numberOf(dnsNode)],
		ask: async ({otherNode}) => ['dns', '--from', await shellOn(otherNode)],
	},
	{fault: 'coredns-down', verdict: 'DNS_NO_READY_ENDPOINTS', ask: async () => ['dns']},
	{fault: 'corefile', verdict: 'DNS_LOOP', args: () => ['loop'], ask: async () => ['dns']},
	{fault: 'corefile', verdict: 'DNS_COREFILE_INVALID', args: () => ['syntax'], ask: async () => ['dns']},
	{fault: 'corefile', verdict: 'DNS_UPSTREAM_FAILING', args: () => ['forward'], ask: async () => ['dns']},
	{fault: 'upstream-down', verdict: 'DNS_UPSTREAM_FAILING', ask: async () => ['dns']},
	{fault: 'netpol', verdict: 'NP_EGRESS_BLOCKS_DNS', args: () => ['dns'], ask: async ({otherNode}) => ['dns', '--from', await shellOn(otherNode)]},
	{
		fault: 'netpol',
		verdict: 'NP_BLOCKS_SERVICE',
		args: () => ['ingress'],
		ask: async ({otherNode}) => ['path', 'web.demo:80', '--from', await shellOn(otherNode)],
	},
	{
		fault: 'proxy-down',
		verdict: 'KPROXY_NODE_RULES',
		args: ({otherNode}) => [numberOf(otherNode)],
		ask: async ({otherNode}) => ['path', 'web.demo:80', '--from', await shellOn(otherNode)],
		also: async () => {
			await kubectl('-n', 'demo', 'rollout', 'restart', 'deployment/web');
			await kubectl('-n', 'demo', 'rollout', 'status', 'deployment/web', '--timeout=90s');
			await kubectl('-n', 'demo', 'wait', '--for=delete', 'pod', '-l', 'app=web', '--field-selector=status.phase!=Running', '--timeout=60s').catch(() => '');
		},
	},
	{
		fault: 'no-masquerade',
		verdict: 'NET_HAIRPIN',
		args: ({webNode}) => [numberOf(webNode)],
		ask: async ({web}) => ['path', 'web.demo:80', '--from', `demo/${web}`],
	},
	{
		fault: 'mtu',
		verdict: 'NET_MTU_BLACKHOLE',
		args: ({dnsNode}) => [numberOf(dnsNode)],
		ask: async ({otherNode}) => ['dns', '--from', await shellOn(otherNode)],
	},
];

for (const row of rows) {
	test(`${row.fault} -> ${row.verdict}, and no fault once it is healed`, {skip, timeout}, async t => {
		const place = await look();
		const args = row.args?.(place) ?? [];
		const asked = await row.ask(place);
		const name = [row.fault, ...args].join(' ');
		try {
			await fault(row.fault, 'on', ...args);
			await row.also?.();
			await expectVerdict(t, `${name} on`, asked, ({id}) => id === row.verdict);
		} finally {
			await fault(row.fault, 'off', ...args);
		}
		await kubectl('-n', 'kube-system', 'rollout', 'status', 'deployment/coredns', '--timeout=90s');
		await expectVerdict(t, `${name} off`, asked, ({severity}) => severity === 'none');
	});
}

const wrong: ReadonlyArray<readonly [title: string, destination: string, verdict: string]> = [
	['a selector that no pod has', `wrong-selector.${namespace}:80`, 'SVC_SELECTOR_NO_POD'],
	['a target port that no container declares', `wrong-port.${namespace}:80`, 'SVC_NAMED_PORT_UNRESOLVED'],
	['a name in the wrong namespace', 'good.demo:80', 'DNS_NAME_WRONG'],
	['a namespace that does not exist', `good.${namespace}s:80`, 'DNS_NAME_WRONG'],
];

test('a Service whose selector, target port or namespace is wrong', {skip, timeout}, async t => {
	after(async () => await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false'));
	await kubectl('create', 'namespace', namespace);
	const image = await kubectl('-n', 'demo', 'get', 'deployment', 'web', '-o', 'jsonpath={.spec.template.spec.containers[0].image}');
	await kubectl('-n', namespace, 'create', 'deployment', 'promo', `--image=${image}`, '--port=8080');
	await kubectl(
		'-n',
		namespace,
		'patch',
		'deployment',
		'promo',
		'--type=json',
		'-p',
		'[{"op":"add","path":"/spec/template/spec/containers/0/ports/0/name","value":"http"}]',
	);
	for (const [name, selector, target] of [
		['good', 'promo', 'http'],
		['wrong-selector', 'promos', 'http'],
		['wrong-port', 'promo', 'htpt'],
	] as const)
		await kubectl('-n', namespace, 'expose', 'deployment', 'promo', `--name=${name}`, `--selector=app=${selector}`, '--port=80', `--target-port=${target}`);
	await kubectl('-n', namespace, 'rollout', 'status', 'deployment/promo', '--timeout=90s');
	for (const [title, destination, verdict] of wrong) await expectVerdict(t, title, ['path', destination], ({id}) => id === verdict);
	await expectVerdict(t, 'a good one', ['path', `good.${namespace}:80`], ({id}) => id === 'PATH_OK');
});
