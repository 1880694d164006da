import {lastDue} from '../control-plane/cron-jobs.ts';
import type {DemoCluster} from '../cluster.ts';
import {addApplication, type ApplicationOptions} from './application.ts';
import {container, podSpec} from './containers.ts';
import {add} from './foundation.ts';
import {addFinishedJob} from './finished-jobs.ts';
import {addIngress, addService} from './services.ts';
import {addClaim} from './storage.ts';
import {addCronJob} from './workloads.ts';

const registry = 'registry.example.test';

/** How a story's shop differs from a healthy one: options of single applications, by name. */
export type ShopChanges = Readonly<Record<string, Partial<ApplicationOptions>>>;

function addShop(cluster: DemoCluster, createdAt: number, changes: ShopChanges): void {
	const shop = (name: string, options: Partial<ApplicationOptions>): void => {
		const image = `${registry}/shop/${name}:2.${name.length}.0`;
		addApplication(cluster, {namespace: 'shop', name, image, createdAt, ...options, ...changes[name]});
	};
	shop('web', {replicas: 3, revision: 12, requests: {cpu: '200m', memory: '128Mi'}, limits: {memory: '256Mi'}, podLabels: {tier: 'front'}});
	shop('cart', {replicas: 2, podLabels: {tier: 'back'}, annotations: {'team.example.test/owner': '购物车团队', 'team.example.test/mood': '🛒 ready'}});
	shop('checkout', {replicas: 3, revision: 7, hasInit: true, env: {PAYMENT_URL: 'http://payments'}, limits: {memory: '512Mi'}});
	shop('payments', {as: 'StatefulSet', replicas: 2, isHeadless: true, requests: {cpu: '250m', memory: '384Mi'}, limits: {cpu: '1', memory: '512Mi'}});
	shop('promo', {replicas: 2});
	shop('catalog', {replicas: 3, podAnnotations: {'team.example.test/note': '目录服务：每晚两点更新'}});
	shop('mail', {port: 0});
	shop('flags', {});
	addIngress(cluster, {namespace: 'shop', name: 'web', host: 'shop.example.test', service: 'web', createdAt});
	addService(cluster, {
		namespace: 'shop',
		name: 'bank',
		selector: {},
		port: 443,
		targetPort: 443,
		type: 'ExternalName',
		externalName: 'api.bank.example.test',
		createdAt,
	});
	const data = {DB_PASSWORD: 'ZGVtby1wYXNzd29yZA==', API_KEY: 'ZGVtby1rZXk='};
	add(cluster, {apiVersion: 'v1', kind: 'Secret', metadata: {name: 'checkout-db', namespace: 'shop'}, type: 'Opaque', data}, createdAt);
	const podTemplate = {metadata: {labels: {app: 'debug'}}, spec: podSpec({containers: [container('debug', {image: `${registry}/tools/debug:1`})]})};
	add(cluster, {apiVersion: 'v1', kind: 'PodTemplate', metadata: {name: 'debug', namespace: 'shop'}, template: podTemplate}, createdAt);
}

function addData(cluster: DemoCluster, createdAt: number): void {
	const stateful = {namespace: 'data', createdAt, as: 'StatefulSet', replicas: 3, isHeadless: true} as const;
	addApplication(cluster, {
		...stateful,
		name: 'pg',
		image: `${registry}/data/postgres:18.1`,
		port: 5432,
		claimSize: '50Gi',
		requests: {cpu: '500m', memory: '4Gi'},
		limits: {memory: '6Gi'},
	});
	addApplication(cluster, {...stateful, name: 'redis', image: `${registry}/data/redis:8.2.3`, port: 6379});
	addApplication(cluster, {
		...stateful,
		name: 'kafka',
		image: `${registry}/data/kafka:4.1.1`,
		port: 9092,
		requests: {cpu: '500m', memory: '1Gi'},
		limits: {memory: '2Gi'},
	});
	const nodes = ['node-a1', 'node-a2', 'node-b1'];
	for (const [index, node] of nodes.entries()) addClaim(cluster, {namespace: 'data', name: `data-pg-${index}`, size: '50Gi', createdAt, node});
	addClaim(cluster, {namespace: 'monitoring', name: 'data-prometheus-0', size: '100Gi', createdAt, node: 'node-b2'});
	const waiting = {accessModes: ['ReadWriteMany'], resources: {requests: {storage: '1Ti'}}, storageClassName: 'archive', volumeMode: 'Filesystem'};
	const claim = {apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: {name: 'exports', namespace: 'data'}, spec: waiting, status: {phase: 'Pending'}};
	add(cluster, claim, createdAt);
	const revision = {
		apiVersion: 'apps/v1',
		kind: 'ControllerRevision',
		metadata: {name: 'pg-6c9f7d5b', namespace: 'data', ownerReferences: ownerOf(cluster)},
		revision: 1,
	};
	add(cluster, revision, createdAt);
}

function ownerOf(cluster: DemoCluster): ReadonlyArray<Readonly<{apiVersion: string; kind: string; name: string; uid: string; controller: boolean}>> {
	const uid = cluster.get('statefulsets.apps', 'data', 'pg')?.metadata.uid ?? '';
	return [{apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'pg', uid, controller: true}];
}

function addCronJobs(cluster: DemoCluster, createdAt: number): void {
	const jobs: ReadonlyArray<Readonly<{namespace: string; name: string; schedule: string; isSuspended?: boolean; history: number}>> = [
		{namespace: 'search', name: 'search-reindex', schedule: '*/5 * * * *', history: 2},
		{namespace: 'shop', name: 'report', schedule: '0 2 * * *', history: 1},
		{namespace: 'data', name: 'vacuum', schedule: '30 3 * * 0', isSuspended: true, history: 0},
	];
	for (const {history, ...job} of jobs) {
		const spec = podSpec({containers: [container('job', {image: `${registry}/jobs/${job.name}:1.4.0`})], restartPolicy: 'Never'});
		addCronJob(cluster, {...job, createdAt, labels: {app: job.name}, spec, podAnnotations: {'demo.k8tui.io/fate': 'complete 25s'}});
		let minute = Math.floor(cluster.now() / 60_000) - 1;
		for (let count = 0; count < history; count += 1) {
			const due = lastDue(job.schedule, minute);
			if (due === undefined) break;
			addFinishedJob(cluster, job, due);
			minute = due - 1;
		}
	}
}

/** The applications of the demo: a shop, its data and its search. */
export function addBusinessWorkloads(cluster: DemoCluster, createdAt: number, changes: ShopChanges = {}): void {
	addShop(cluster, createdAt, changes);
	addData(cluster, createdAt);
	const search = {namespace: 'search', createdAt};
	addApplication(cluster, {
		...search,
		name: 'search',
		as: 'StatefulSet',
		replicas: 2,
		image: `${registry}/search/engine:9.2.0`,
		port: 9200,
		requests: {cpu: '1', memory: '4Gi'},
		limits: {cpu: '2', memory: '4Gi'},
	});
	addApplication(cluster, {...search, name: 'indexer', replicas: 2, image: `${registry}/search/indexer:3.1.0`, port: 0});
	addCronJobs(cluster, createdAt);
}
