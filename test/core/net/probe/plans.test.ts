import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeObject} from '../../../../source/core/kubernetes.ts';
import {consentText} from '../../../../source/core/net/probe/consent-text.ts';
import {planDns} from '../../../../source/core/net/probe/plan-dns.ts';
import {planNodes} from '../../../../source/core/net/probe/plan-nodes.ts';
import {type PathTarget, planPath} from '../../../../source/core/net/probe/plan-path.ts';
import type {ProbePlan} from '../../../../source/core/net/probe/probe-plan.ts';
import {samplesFor} from '../../../../source/core/net/probe/samples.ts';
import {upstreamsOf} from '../../../../source/core/net/probe/upstreams.ts';
import {probes} from '../../../../source/probes/index.ts';
import {clusterView} from '../../../tools/cluster-view.ts';
import {object, runningPod, service, slice, smallCluster} from '../../../tools/small-cluster.ts';

const view = (...more: readonly KubeObject[]) => clusterView([...smallCluster(), ...more]);
const rolesOf = ({sources}: ProbePlan) => sources.map(({role, namespace, pod, node}) => `${role} ${namespace}/${pod} ${node}`);
const asks = (plan: ProbePlan, row: string, role = 'A') =>
	plan.questions
		.filter(one => one.row === row && one.from.role === role)
		.map(({to, protocol, name, samples}) => `${to.address}:${to.port} ${protocol} ${name ?? ''} x${samples}`);

test('the client, a neighbour of another owner, and one pod a node, CoreDNS nodes first', () => {
	const plan = planDns({view: view(), from: 'demo/shell-3'});
	assert.deepEqual(rolesOf(plan), ['A demo/shell-3 n3', 'F demo/shell-1 n1', 'F demo/shell-2 n2']);
	assert.deepEqual(
		plan.sources.map(({hasDns}) => hasDns),
		[false, true, true],
	);
	assert.deepEqual(rolesOf(planDns({view: view(), from: 'demo/shell-1'})), ['A demo/shell-1 n1', 'B demo/web-1 n1', 'F demo/shell-2 n2', 'D demo/shell-3 n3']);
});

test('without --from a running pod that can be probed is chosen: a known shell, not of the system, the wished namespace first', () => {
	const more = [
		runningPod({namespace: 'a', name: 'first', node: 'n1', ip: '10.244.1.20', image: 'gcr.io/distroless/static'}),
		runningPod({namespace: 'a-system', name: 'agent', node: 'n1', ip: '10.244.1.21'}),
		runningPod({namespace: 'team', name: 'app', node: 'n2', ip: '10.244.2.22'}),
		runningPod({namespace: 'a', name: 'gone', node: 'n2', ip: '10.244.2.23', phase: 'Succeeded'}),
		runningPod({namespace: 'a', name: 'host', node: 'n2', ip: '10.90.0.12', hostNetwork: true}),
	];
	assert.equal(rolesOf(planDns({view: view(...more)}))[0], 'A demo/shell-1 n1');
	assert.equal(rolesOf(planDns({view: view(...more), namespace: 'team'}))[0], 'A team/app n2');
});

test('a pod of a Job, which may end meanwhile, is asked from only where nothing else is', () => {
	const job = runningPod({name: 'a-tick', node: 'n1', ip: '10.244.1.30', owner: 'tick', ownerKind: 'Job'});
	const other = runningPod({namespace: 'team', name: 'app', node: 'n1', ip: '10.244.1.31', owner: 'app'});
	assert.deepEqual(rolesOf(planDns({view: clusterView([job, other])})), ['A team/app n1', 'B demo/a-tick n1']);
});

test('a container of a mesh is not the application', () => {
	const meshed = runningPod({namespace: 'team', name: 'app', node: 'n2', ip: '10.244.2.22', containers: ['istio-proxy', 'app']});
	assert.equal(planDns({view: view(meshed), from: 'team/app'}).sources[0]?.container, 'app');
});

test('a pod that is not there or does not run: a plan without questions that says why', () => {
	for (const [from, why] of [
		['demo/nope', 'There is no pod demo/nope.'],
		['demo/old', 'demo/old is not running (Succeeded), so nothing can be asked from it.'],
	] as const) {
		const plan = planDns({view: view(runningPod({name: 'old', node: 'n1', ip: '10.244.1.9', phase: 'Succeeded'})), from});
		assert.deepEqual([plan.sources, plan.questions, plan.notes], [[], [], [why]]);
	}
	assert.match(planDns({view: clusterView([])}).notes[0] ?? '', /no running pod/);
});

test('the DNS rows of diagnosis.md 4.3 from the client', () => {
	const plan = planDns({view: view(), from: 'demo/shell-1', name: 'web'});
	const name = 'kubernetes.default.svc.cluster.local.';
	assert.deepEqual(asks(plan, 'R2'), [`10.96.0.10:53 udp ${name} x7`, '10.96.0.10:53 udp web.demo.svc.cluster.local. x1']);
	assert.deepEqual(asks(plan, 'R3'), [`10.96.0.10:53 tcp ${name} x7`]);
	assert.deepEqual(
		asks(plan, 'R4'),
		['10.244.1.5', '10.244.2.5'].flatMap(ip => [`${ip}:53 udp ${name} x1`, `${ip}:53 tcp ${name} x1`]),
	);
	assert.deepEqual(asks(plan, 'R6'), ['10.96.0.10:53 udp example.com. x1']);
	assert.deepEqual(asks(plan, 'R7'), ['10.0.0.2:53 udp example.com. x1']);
	assert.match(asks(plan, 'R8')[0] ?? '', /^10\.96\.0\.10:53 udp k8tui-nx-[0-9a-z]+\.default\.svc\.cluster\.local\. x1$/);
	assert.deepEqual(asks(plan, 'R9'), [':0 udp kubernetes.default x1']);
	assert.deepEqual(asks(plan, 'R10'), ['10.96.0.1:443 tcp  x1', '10.90.0.10:6443 tcp  x1']);
	assert.deepEqual(asks(plan, 'R13'), ['10.244.2.5:8080 tcp /health x1', '10.244.2.5:9153 tcp /metrics x1']);
	assert.deepEqual(asks(plan, 'R16'), ['10.96.0.251:9 tcp  x1', '10.244.1.5:9 tcp  x1']);
	assert.ok(plan.questions.every(({id}, index) => id === index + 1));
	assert.ok(plan.questions.filter(({row}) => row === 'R16' || row === 'R8').every(({control}) => control === true));
	assert.deepEqual(plan.questions.find(({row}) => row === 'R2')?.expects, ['10.96.0.1']);
});

test('without an external name, without known upstreams, with a headless Service', () => {
	const headless = [
		service('demo', 'db', 'None', [{protocol: 'TCP', port: 5432}]),
		slice('demo', 'db', [{protocol: 'TCP', port: 5432}], [{address: '10.244.1.3'}, {address: '10.244.2.3', ready: false}]),
	];
	const plan = planDns({view: view(...headless), from: 'demo/shell-1', external: '', upstreams: []});
	assert.deepEqual([asks(plan, 'R6'), asks(plan, 'R7')], [[], []]);
	assert.ok(plan.notes.some(note => note.includes('upstreams of CoreDNS are not known')));
	const question = plan.questions.find(({row}) => row === 'R5');
	assert.deepEqual([question?.name, question?.expects], ['db.demo.svc.cluster.local.', ['10.244.1.3']]);
});

test('no CoreDNS, or under another name: what can be asked is asked, and it is said', () => {
	const bare = clusterView(smallCluster().filter(({metadata}) => metadata.namespace !== 'kube-system'));
	const plan = planDns({view: bare, from: 'demo/shell-1'});
	assert.ok(plan.notes.some(note => note.startsWith('No DNS Service')) && plan.notes.some(note => note.includes('no endpoints')));
	assert.deepEqual([asks(plan, 'R2'), asks(plan, 'R4'), asks(plan, 'R10').length], [[], [], 2]);
});

test('at most 60 questions, the least important left out first and counted', () => {
	const nodes = Array.from({length: 30}, (_, index) => `m${index}`);
	const many = [
		...nodes.map(node => object('v1', 'Node', undefined, node, {})),
		...nodes.map((node, index) => runningPod({name: `x-${node}`, node, ip: `10.245.${index}.2`})),
		slice(
			'kube-system',
			'kube-dns',
			[{name: 'dns', protocol: 'UDP', port: 53}],
			nodes.map((node, index) => ({address: `10.245.${index}.5`, node, pod: `coredns-${node}`})),
		),
	];
	const plan = planDns({view: view(...many), from: 'demo/shell-1'});
	assert.equal(plan.questions.length, 60);
	assert.ok(plan.notes.some(note => /less important questions are left out/.test(note)));
	assert.ok(plan.notes.includes('24 more CoreDNS pods are not asked one by one.'));
	assert.ok(plan.notes.some(note => /more nodes are not asked from/.test(note)));
	assert.ok(asks(plan, 'R2').length > 0 && asks(plan, 'R2', 'F').length > 0);
});

test('what a cluster could smuggle into a command is not asked', () => {
	for (const name of ['a;reboot.svc.', '$(id).svc.', 'a b.svc.', '-x.svc.']) {
		const plan = planDns({view: view(), from: 'demo/shell-1', name});
		assert.ok(
			plan.questions.every(question => question.name !== name),
			name,
		);
		assert.ok(
			plan.notes.some(note => note.includes('may not stand in a command') || note.includes('not one that may stand')),
			name,
		);
	}
	const strange = slice('kube-system', 'kube-dns', [{name: 'dns', protocol: 'UDP', port: 53}], [{address: '10.0.0.1;id', node: 'n1', pod: 'x'}]);
	assert.ok(planDns({view: view(strange), from: 'demo/shell-1'}).questions.every(({to}) => !to.address.includes(';')));
});

test("one-shot pods have columns in the network of the node; an ephemeral container is the client's alone", () => {
	const pods = planDns({view: view(), from: 'demo/shell-1', way: 'pod'});
	assert.deepEqual(
		pods.sources.map(({role, node}) => `${role} ${node}`),
		['A n1', 'F n2', 'D n3', 'C n1', 'E n2'],
	);
	assert.deepEqual(
		pods.questions.filter(({from}) => from.role === 'C').map(({row, to}) => `${row} ${to.kind}`),
		['R14 node', 'R7 upstream'],
	);
	const alone = planDns({view: view(), from: 'demo/shell-1', way: 'ephemeral'});
	assert.deepEqual(rolesOf(alone), ['A demo/shell-1 n1']);
	assert.ok(alone.notes.some(note => note.includes('cannot be removed')));
});

const target: PathTarget = {
	title: 'demo/web:80',
	dnsName: 'web.demo.svc.cluster.local',
	service: {namespace: 'demo', name: 'web', address: '10.96.0.50', port: 80},
	endpoints: [
		{address: '10.244.1.3', port: 8080, node: 'n1', namespace: 'demo', pod: 'web-1'},
		{address: '10.244.2.3', port: 8080, node: 'n2', namespace: 'demo', pod: 'web-2'},
	],
};

test('a path: the name, the Service sampled, each endpoint; from other nodes as well', () => {
	const plan = planPath({view: view(), from: 'demo/shell-3', target});
	assert.deepEqual(asks(plan, 'R2'), ['10.96.0.10:53 udp web.demo.svc.cluster.local. x3']);
	const connects = ['10.96.0.50:80 tcp  x7', '10.244.1.3:8080 tcp  x1', '10.244.2.3:8080 tcp  x1'];
	assert.deepEqual(asks(plan, 'R11'), connects);
	assert.deepEqual(asks(plan, 'R11', 'F'), [...connects, ...connects]);
	assert.equal(asks(plan, 'R12').length, 0);
	assert.ok(asks(plan, 'R16').length > 0);
});

test('a backend that asks its own Service: the hairpin; a URL is asked as such', () => {
	const plan = planPath({view: view(), from: 'demo/web-1', target: {...target, url: {path: '/healthz', host: 'web.demo'}}});
	assert.deepEqual(asks(plan, 'R12'), ['10.96.0.50:80 tcp  x7']);
	const page = plan.questions.find(({probe}) => probe === 'http-get');
	assert.deepEqual([page?.row, page?.name, page?.host, page?.to.address], ['R11', '/healthz', 'web.demo', '10.96.0.50']);
});

test('a path without any address says so; more endpoints than can be asked are counted', () => {
	assert.ok(planPath({view: view(), from: 'demo/shell-1', target: {title: 'x', endpoints: []}}).notes.includes('There is no address to connect to.'));
	const many = Array.from({length: 20}, (_, index) => ({address: `10.250.0.${index}`, port: 80}));
	assert.ok(
		planPath({view: view(), from: 'demo/shell-1', target: {title: 'x', endpoints: many}}).notes.includes('14 more endpoints are not asked one by one.'),
	);
});

test('nodes and pods: each with each, and the facts where a pod is in the network of its node', () => {
	const host = runningPod({namespace: 'kube-system', name: 'cni-1', node: 'n1', ip: '10.90.0.11', image: 'flannel/alpine:1', hostNetwork: true});
	const plan = planNodes({view: view(host), from: 'demo/shell-1'});
	assert.deepEqual(
		plan.sources.map(({role, node}) => `${role} ${node}`),
		['A n1', 'F n2', 'D n3', 'C n1'],
	);
	assert.deepEqual(asks(plan, 'R11').slice(0, 2), ['10.244.1.5:53 tcp  x1', '10.244.2.5:53 tcp  x1']);
	assert.deepEqual(asks(plan, 'R11').slice(2), ['10.90.0.11:10250 tcp  x1', '10.90.0.12:10250 tcp  x1', '10.90.0.13:10250 tcp  x1']);
	assert.deepEqual(
		plan.questions.filter(({row, to}) => row === 'R14' && to.kind === 'node').map(({to}) => to.node),
		['n1'],
	);
	assert.ok(plan.notes.some(note => note.includes('network of n2, n3')));
});

test('samples by the number of endpoints: diagnosis.md 4.2', () => {
	assert.deepEqual([0, 1, 2, 3, 4, 5, 50].map(samplesFor), [3, 3, 7, 12, 17, 20, 20]);
});

test('upstreams: of the Corefile and of the metrics, without loopback and files', () => {
	const observations = [
		{probe: 'coredns-metrics', target: 'x', at: 0, tookMs: 1, outcome: 'ok' as const, facts: {upstreams: {'10.0.0.3:53': {}, '127.0.0.1:53': {}}}},
		{probe: 'coredns-metrics', target: 'y', at: 0, tookMs: 1, outcome: 'timed-out' as const},
	];
	assert.deepEqual(upstreamsOf(clusterView(smallCluster(), {observations})), ['10.0.0.2:53', '10.0.0.3:53']);
});

test('the consent of each way: what runs, of which image, what stays, what it costs, exact words; nothing for an empty plan', () => {
	const plan = planDns({view: view(), from: 'demo/shell-1'});
	const place = {image: 'repo/tools:1', namespace: 'debug'};
	const exec = consentText(plan, probes, 'exec', place).join('\n');
	assert.match(exec, /^DNS from demo\/shell-1\nRuns: commands in 4 containers that run already, 45 s at the most\.\nImage: none.*\nLeaves: nothing\.\nCosts: /);
	assert.match(exec, /\n {2}A {2}pod demo\/shell-1, container app, node n1: \d+ questions/);
	assert.match(exec, /runs as the container's user; appears in the audit log; consumes the container's CPU\/memory limit\./);
	assert.match(exec, /nslookup -timeout=2 -retry=1 -type=a kubernetes\.default\.svc\.cluster\.local\. 10\.96\.0\.10, 7 times {2}\(A, B, F, D\)/);
	assert.match(exec, /sh -c 'N=\$1;set -f; for t in python3/);
	assert.doesNotMatch(exec, /\n\n\n|undefined|repo\/tools/);
	const ephemeral = consentText(plan, probes, 'ephemeral', place).join('\n');
	assert.match(ephemeral, /Image: repo\/tools:1; :net image takes another/);
	assert.match(ephemeral, /Leaves: the container\. It cannot be removed: it stays in the pod's spec until the pod is deleted/);
	assert.match(ephemeral, /a new container in pod demo\/shell-1, node n1/);
	assert.doesNotMatch(ephemeral, /demo\/web-1/);
	const pods = consentText(planDns({view: view(), from: 'demo/shell-1', way: 'pod'}), probes, 'pod', place).join('\n');
	assert.match(pods, /Runs: 5 pods of our own in namespace debug, 2 of them in the network of a node, label k8tui\.io\/debug/);
	assert.match(pods, /C {2}a new pod on node n1 in the network of the node/);
	assert.match(pods, /Leaves: nothing\. The pods are deleted at the end; if k8tui dies they end after 120 s/);
	assert.deepEqual(consentText({title: 'x', sources: [], questions: [], notes: ['There is no pod a/b.']}, probes, 'exec', place), [
		'Nothing can be probed.',
		'There is no pod a/b.',
	]);
});
