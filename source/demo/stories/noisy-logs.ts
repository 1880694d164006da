import {addClusterServices} from '../build/cluster-services.ts';
import {container, envoy, podSpec} from '../build/containers.ts';
import {buildDemoCluster, dayMs, minuteMs} from '../build/demo-cluster.ts';
import {addService} from '../build/services.ts';
import {addDeployment} from '../build/workloads.ts';
import type {DemoCluster} from '../cluster.ts';
import {settle} from '../control-plane/settle.ts';
import {logsAnnotation} from '../logs/profiles.ts';
import {loadAnnotation} from '../metrics/usage.ts';
import {timestamp} from '../stored-object.ts';
import type {DemoStory} from '../story.ts';

const image = 'registry.example.test/shop/orders:5.3.0';
/** Of each of the three pods: more than 300 lines a second in all. */
const linesPerSecond = 100;

/** A Deployment of three pods with five containers each, all of them talking. */
function addOrders(cluster: DemoCluster, createdAt: number): void {
	const requests = {cpu: '250m', memory: '256Mi'};
	const limits = {memory: '512Mi'};
	const containers = [
		container('app', {image, port: 8080, requests, limits}),
		container('worker', {image, requests: {cpu: '50m', memory: '192Mi'}, limits: {memory: '384Mi'}}),
		container('audit', {image: 'registry.example.test/shop/audit:1.9.2', requests: {cpu: '20m', memory: '32Mi'}}),
		container('cache', {image: 'registry.example.test/data/redis:8.2.3', requests: {cpu: '20m', memory: '64Mi'}}),
		envoy(),
	];
	const podAnnotations = {
		[logsAnnotation]: `noisy ${linesPerSecond} ${timestamp(cluster.now() - 7 * minuteMs)}`,
		[loadAnnotation]: '2.4',
	};
	const labels = {app: 'orders'};
	addDeployment(cluster, {namespace: 'shop', name: 'orders', labels, createdAt, replicas: 3, spec: podSpec({containers}), podAnnotations, revision: 31});
	addService(cluster, {namespace: 'shop', name: 'orders', selector: labels, port: 80, targetPort: 8080, createdAt});
}

export const noisyLogs: DemoStory = {
	name: 'noisy-logs',
	title: 'shop/orders writes hundreds of lines a second, from three pods with five containers each; its errors have been rising for seven minutes.',
	namespace: 'shop',
	isLiving: true,
	build(cluster) {
		buildDemoCluster(cluster);
		addOrders(cluster, cluster.now() - 4 * dayMs);
		settle(cluster);
		addClusterServices(cluster);
	},
};
