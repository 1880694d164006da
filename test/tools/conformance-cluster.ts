import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {test, type TestContext} from 'node:test';
import type {ClusterClient} from '../../source/core/cluster-client.ts';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import {createClusterClient} from '../../source/kube/client.ts';
import {type ContextChoice, resolveContext} from '../../source/kube/config.ts';
import {loadKubeconfig} from '../../source/kube/kubeconfig-files.ts';
import {createTransport, type Transport} from '../../source/kube/transport.ts';
import {systemClock} from '../../source/system/clock.ts';
import {eventually, patienceMs} from './eventually.ts';
import {createFakeClock, type FakeClock} from './fake-clock.ts';
import {RawApi} from './raw-api.ts';

/** An object as it is sent; its collection is the kind's name in lower case with an s, as it is for all kinds used here. */
export type SentObject = Readonly<{apiVersion: string; kind: string; metadata: Readonly<{name: string; namespace?: string}>}> &
	Readonly<Record<string, unknown>>;

/** The program's own readers on one identity. */
export type Opened = AsyncDisposable & Readonly<{client: ClusterClient; transport: Transport}>;

export type Kubectl = (args: readonly string[], kubeconfigPath?: string) => Promise<Readonly<{code: number | null; out: string; errors: string}>>;

/** A cluster that conformance tests run on: the demo server, or a real one. They must not tell which. */
export type ConformanceCluster = Opened &
	Readonly<{
		kubeconfigPath: string;
		/** The same cluster with another identity, or by another kubeconfig. */
		open(choice: ContextChoice, kubeconfigPath?: string): Promise<Opened>;
		/** Requests that share no code with the program. */
		raw: RawApi;
		/** A namespace of the test's own; gone at the end. */
		createNamespace(): Promise<string>;
		/** Creates an object, or puts it in the place of the one of that name; at the end it is removed where it has no namespace. */
		apply(object: SentObject): Promise<void>;
		remove(object: SentObject): Promise<void>;
		/** Defines a kind of the test's own, namespaced, and waits until its collection answers; gone at the end. */
		defineKind(): Promise<DefinedKind>;
		/** Moves the cluster's clock where it is simulated; a real one's moves by itself. */
		passTime(ms: number): Promise<void>;
		/** Runs kubectl on this cluster; undefined where there is none on the PATH (or in KUBECTL). */
		kubectl?: Kubectl;
	}>;

/** The API group of all kinds that tests define. */
export const groupOfTests = 'conformance.k8tui.test';

export type DefinedKind = Readonly<{definition: SentObject; group: string; kind: string; plural: string; path: string}>;

const kubeconfigOfTests = process.env['KUBECONFIG_E2E'];
const kubectlCommand = process.env['KUBECTL'] ?? 'kubectl';

/** Registers a test twice: on the demo server, and on the cluster of KUBECONFIG_E2E where there is one. */
export function conformanceTest(name: string, run: (cluster: ConformanceCluster, context: TestContext) => Promise<void>, timeout = 400_000): void {
	test(`${name} [demo]`, {timeout}, async context => {
		const clock = createFakeClock(Date.now());
		await using demo = await startDemo({story: 'healthy', realTime: false, clock});
		await using cluster = await openCluster({demo, clock});
		await run(cluster, context);
	});
	test(`${name} [real]`, {timeout, skip: kubeconfigOfTests === undefined && 'KUBECONFIG_E2E is not set: no real cluster'}, async context => {
		await using cluster = await openCluster(undefined);
		await run(cluster, context);
	});
}

async function openCluster(simulated: Readonly<{demo: DemoServer; clock: FakeClock}> | undefined): Promise<ConformanceCluster> {
	const folder = mkdtempSync(join(tmpdir(), 'k8tui-conformance-'));
	const kubeconfigPath = kubeconfigOfTests !== undefined && simulated === undefined ? kubeconfigOfTests : join(folder, 'config');
	if (simulated !== undefined) writeFileSync(kubeconfigPath, simulated.demo.kubeconfig());
	const raw = new RawApi(kubeconfigPath);
	const open = (choice: ContextChoice, path = kubeconfigPath) => openAs(path, choice, join(folder, 'cache'));
	const own = await open({});
	const leftovers = new Set<string>();
	const apply: ConformanceCluster['apply'] = async object => {
		const collection = collectionOf(object);
		const path = `${collection}/${object.metadata.name}`;
		const before = await raw.call('GET', path).then(({json}) => json, ignoreMissing);
		if (before === undefined) await raw.call('POST', collection, object);
		else await raw.call('PUT', path, {...object, metadata: {...object.metadata, resourceVersion: versionOf(before)}});
		if (object.metadata.namespace === undefined) leftovers.add(path);
	};
	return {
		...own,
		kubeconfigPath,
		open,
		raw,
		async createNamespace() {
			const name = `k8tui-conformance-${randomSuffix()}`;
			await raw.createNamespace(name);
			leftovers.add(`/api/v1/namespaces/${name}`);
			return name;
		},
		apply,
		async remove(object) {
			const path = `${collectionOf(object)}/${object.metadata.name}`;
			await raw.call('DELETE', path);
			leftovers.delete(path);
		},
		async defineKind() {
			const kind = newKind(randomSuffix());
			await apply(kind.definition);
			await eventually(
				() =>
					raw.call('GET', kind.path).then(
						() => true,
						() => false,
					),
				patienceMs,
				() => `${kind.path} does not answer`,
			);
			return kind;
		},
		passTime: async ms => simulated?.clock.advance(ms),
		...(hasKubectl() ? {kubectl: (args, path = kubeconfigPath) => runKubectl(args, path, folder)} : {}),
		async [Symbol.asyncDispose]() {
			await own[Symbol.asyncDispose]();
			for (const path of leftovers) await raw.call('DELETE', path).catch(ignoreMissing);
			raw[Symbol.dispose]();
			rmSync(folder, {recursive: true, force: true});
		},
	};
}

async function openAs(kubeconfigPath: string, choice: ContextChoice, cacheDirectory: string): Promise<Opened> {
	const view = await loadKubeconfig({flag: kubeconfigPath, environment: {}, home: '/nonexistent'});
	const options = {
		resolved: resolveContext(view, choice),
		clock: systemClock('let-go'),
		hasTerminal: false,
		level: 'read',
		pinned: true,
		version: '0.0.0',
		random: Math.random,
	} as const;
	const variables = {PATH: process.env['PATH']};
	const client = await createClusterClient({...options, variables, cacheDirectory, demo: false});
	const transport = createTransport({...options, environment: variables});
	return {
		client,
		transport,
		async [Symbol.asyncDispose]() {
			await client[Symbol.asyncDispose]();
			await transport.close();
		},
	};
}

function randomSuffix(): string {
	return Math.random().toString(36).slice(2, 8);
}

function newKind(suffix: string): DefinedKind {
	const group = groupOfTests;
	const singular = `widget${suffix}`;
	const plural = `${singular}s`;
	const kind = `Widget${suffix}`;
	const version = {name: 'v1', served: true, storage: true, schema: {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}}};
	const spec = {group, scope: 'Namespaced', names: {plural, singular, kind, listKind: `${kind}List`}, versions: [version]};
	const definition = {apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: {name: `${plural}.${group}`}, spec};
	return {definition, group, kind, plural, path: `/apis/${group}/v1/${plural}`};
}

/** `/api/v1/namespaces/shop/configmaps` */
export function collectionOf({apiVersion, kind, metadata}: SentObject): string {
	const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
	return `${root}${metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`}/${kind.toLowerCase()}s`;
}

function ignoreMissing(error: unknown): undefined {
	if (!/: 404 /.test(String(error))) throw error;
	return undefined;
}

function versionOf(object: unknown): string {
	// Any object of Kubernetes has it.
	return (object as {metadata: {resourceVersion: string}}).metadata.resourceVersion;
}

function hasKubectl(): boolean {
	return spawnSync(kubectlCommand, ['version', '--client']).status === 0;
}

/** Not synchronously: the demo server answers from this very process. */
async function runKubectl(args: readonly string[], kubeconfigPath: string, home: string): ReturnType<Kubectl> {
	const child = spawn(kubectlCommand, args, {stdio: ['ignore', 'pipe', 'pipe'], env: {PATH: process.env['PATH'], HOME: home, KUBECONFIG: kubeconfigPath}});
	const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
	return {code: typeof code === 'number' ? code : null, out, errors};
}
