import {fateAnnotation, fateOf} from '../control-plane/fate.ts';
import {recordsAt, textAt} from '../json.ts';
import type {Random} from '../random.ts';
import type {ContainerRun} from './container-run.ts';
import {coreDnsProfile} from './core-dns-profile.ts';
import {envoyLines, nginxLines} from './formats/web-servers.ts';
import {javaLines, klogLines, postgresLines, redisLines} from './formats/system-components.ts';
import {jsonLines, logfmtLines, zapLines} from './formats/structured.ts';
import {isoTime} from './formats/words.ts';
import {spread, type LogProfile} from './log-profile.ts';
import {lookupFailures, noisyProfile, numberedProfile} from './told-profiles.ts';

/** What a pod (or its template) says about the logs of its first container: `numbered 50`, `noisy 40 2026-11-21T14:00:00Z`, `lookups NAME TIME`. */
export const logsAnnotation = 'demo.k8tui.io/logs';

const secondMs = 1000;
const minuteMs = 60_000;

type Says = (random: Random, at: number) => readonly string[];

/** So many entries a bucket, each at a moment of chance. */
function chatter(bucketMs: number, counts: Readonly<{least: number; most: number}>, says: Says): LogProfile {
	return {
		bucketMs,
		keptMs: bucketMs * 2000,
		steady: bucket => spread(bucket, bucketMs, counts).map(offsetMs => ({offsetMs, lines: says(bucket.random, bucket.startsAt + offsetMs)})),
	};
}

const few = {least: 0, most: 3};
const charges = ['charge authorised', 'charge captured', 'refund booked', 'webhook delivered'] as const;
const webServer = chatter(2 * secondMs, {least: 1, most: 6}, nginxLines);
const jsonService = chatter(5 * secondMs, {least: 0, most: 4}, jsonLines);

function logfmt(component: string): LogProfile {
	return chatter(minuteMs, few, (random, at) => logfmtLines(random, at, component));
}

function klog(name: string): LogProfile {
	return chatter(30 * secondMs, few, (random, at) => klogLines(random, at, name));
}

/** By the name of the application, as its label `app` or its container says. */
const byName: Readonly<Record<string, LogProfile>> = {
	envoy: chatter(3 * secondMs, few, envoyLines),
	web: webServer,
	cart: jsonService,
	catalog: chatter(5 * secondMs, few, javaLines),
	payments: chatter(5 * secondMs, few, (random, at) => logfmtLines(random, at, 'charge', charges)),
	flags: chatter(10 * secondMs, few, zapLines),
	coredns: coreDnsProfile,
	pg: chatter(30 * secondMs, few, postgresLines),
	redis: chatter(minuteMs, few, redisLines),
	kafka: chatter(20 * secondMs, few, (random, at) => javaLines(random, at, 0.002)),
	search: chatter(5 * secondMs, few, (random, at) => javaLines(random, at, 0.004)),
	prometheus: logfmt('tsdb'),
	alertmanager: logfmt('nflog'),
	grafana: logfmt('cleanup'),
	'node-exporter': logfmt('collector'),
	'otel-collector': chatter(20 * secondMs, few, zapLines),
	worker: chatter(2 * secondMs, {least: 4, most: 12}, (random, at) => javaLines(random, at, 0.06)),
	audit: chatter(2 * secondMs, {least: 10, most: 24}, (random, at) => logfmtLines(random, at, 'audit', charges)),
	cache: chatter(5 * secondMs, few, redisLines),
	'kube-proxy': klog('kube-proxy'),
	'kube-flannel': klog('kube-flannel'),
	'kube-network-policies': klog('kube-network-policies'),
	'csi-node': klog('csi-node'),
	'csi-controller': klog('csi-controller'),
	'cert-manager': klog('cert-manager'),
	'metrics-server': klog('metrics-server'),
	'gateway-controller': chatter(10 * secondMs, few, zapLines),
	injector: klog('injector'),
};

const started: Says = (_random, at) => [`${isoTime(at)} INFO  started`];

/** A container that fails at its start because its configuration lacks an address; only the opening, then it ends. */
const unconfigured: LogProfile = {
	bucketMs: minuteMs,
	keptMs: minuteMs,
	steady: () => [],
	opening: ({container}) => [
		{offsetMs: 40, lines: [`INFO  starting checkout ${textAt(container, 'image').split(':')[1] ?? ''} (rev 8)`]},
		{offsetMs: 310, lines: ['INFO  loaded 11 of 12 settings from the environment']},
		{offsetMs: 960, lines: ['WARN  DB_URL is empty, trying config file']},
		{offsetMs: 1450, lines: ['WARN  /etc/checkout/config.yaml has no key db_url']},
		{offsetMs: 1930, lines: ['FATAL config: DB_URL is not set']},
	],
};

/** What starts with an address that is empty, or that no ConfigMap gives, ends at once: the pod's fate says so too. */
function isUnconfigured({container, pod}: ContainerRun): boolean {
	const isFailing = fateOf(pod).is === 'crash' || pod.metadata.annotations?.[fateAnnotation] === 'pull';
	return isFailing && recordsAt(container, 'env').some(({name, value, valueFrom}) => name === 'DB_URL' && (value === '' || valueFrom !== undefined));
}

/** What a program says when it ends badly, in Go's manner. */
function lastWords({exitCode, reason}: ContainerRun, random: Random): readonly string[] {
	if (reason === 'OOMKilled' || exitCode === undefined || exitCode === 0) return [];
	return [
		'panic: runtime error: invalid memory address or nil pointer dereference',
		`[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x${random.hex(6)}]`,
		'',
		'goroutine 1 [running]:',
		'main.run(0x0)',
		`\t/src/main.go:${random.integer(40, 200)} +0x1d`,
		`exit status ${exitCode}`,
	];
}

/** A job that reports its progress and is done. */
const batch: LogProfile = {
	...chatter(5 * secondMs, {least: 1, most: 2}, (random, at) => [`${isoTime(at)} INFO  processed ${random.integer(100, 900)} documents`]),
	opening: (_run, random) => [{offsetMs: 120, lines: [`INFO  job started, ${random.integer(2000, 9000)} documents to go`]}],
	closing: ({exitCode}) => (exitCode === 0 ? ['INFO  done, 0 failed'] : []),
};

const migration: LogProfile = {
	bucketMs: minuteMs,
	keptMs: minuteMs,
	steady: () => [],
	opening: () => [
		{offsetMs: 80, lines: ['migrate: 14 migrations known, 14 applied']},
		{offsetMs: 420, lines: ['migrate: nothing to do']},
	],
};

function told(run: ContainerRun): LogProfile | undefined {
	const isFirst = textAt(recordsAt(run.pod, 'spec', 'containers')[0], 'name') === run.name;
	const [word, first, second] = (run.pod.metadata.annotations?.[logsAnnotation] ?? '').split(' ');
	if (!isFirst) return undefined;
	if (word === 'numbered') return numberedProfile(Number(first ?? 10));
	if (word === 'noisy') return noisyProfile(Number(first ?? 40), Date.parse(second ?? ''));
	if (word === 'lookups') return lookupFailures(first ?? '', Date.parse(second ?? ''));
	return word === 'silent' ? {bucketMs: minuteMs, keptMs: minuteMs, steady: () => []} : undefined;
}

/** How the container of a run talks: as its pod's annotation says, else as its application does. */
export function profileOf(run: ContainerRun): LogProfile {
	const own = told(run);
	if (own !== undefined) return {closing: lastWords, ...own};
	if (isUnconfigured(run)) return unconfigured;
	if (run.name === 'migrate') return migration;
	if (run.name === 'job') return batch;
	const app = run.pod.metadata.labels?.['app'] ?? run.pod.metadata.labels?.['k8s-app'] ?? '';
	const known = byName[run.name] ?? byName[app];
	return {
		closing: lastWords,
		...(known ?? {...chatter(30 * secondMs, few, jsonLines), opening: (_run, random) => [{offsetMs: 30, lines: started(random, run.startedAt + 30)}]}),
	};
}
