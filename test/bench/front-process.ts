// The demo server with the front before it, in a process of its own. Started by front-child.ts with fork: node front-process.ts STORY PODS MORE-NODES;
// says its kubeconfig, takes orders and answers each.
import process from 'node:process';
import {addNode} from '../../source/demo/build/nodes.ts';
import type {DemoCluster} from '../../source/demo/cluster.ts';
import {kubeconfigText} from '../../source/demo/kubeconfig.ts';
import {startDemo} from '../../source/demo/server.ts';
import {timestamp} from '../../source/demo/stored-object.ts';
import {systemClock} from '../../source/demo/system-clock.ts';
import {Front} from './front.ts';
import type {FrontAnswer, FrontOrder} from './front-child.ts';
import {WrittenLog} from './written-log.ts';

const [story = 'healthy', pods = '0', moreNodes = '0'] = process.argv.slice(2);
const hourMs = 3_600_000;
const machine = systemClock();
let aheadMs = 0;
const server = await startDemo({story, realTime: false, clock: {...machine, now: () => machine.now() + aheadMs}});
const startedAt = Date.now();
addLoad(server.cluster, Number(pods));
spread(server.cluster, Number(moreNodes));
const logs = new Map<string, WrittenLog>();
const front = new Front(server.url, namespace => logs.get(namespace));
const url = await front.start();

process.on('message', (order: FrontOrder) => {
	if (order.type === 'write') {
		const {everyMs, most} = order;
		const since = most === undefined ? Date.now() - 1000 : startedAt - 10 - most * everyMs;
		logs.set('load', new WrittenLog({startedAt: since, everyMs, ...(most === undefined ? {} : {most})}));
	} else if (order.type === 'advance') aheadMs += order.ms;
	const answer: FrontAnswer = {id: order.id, counts: front.counts()};
	process.send?.(answer);
});
process.on('disconnect', () => process.exit(0));
process.send?.({kubeconfig: kubeconfigText({server: url, token: server.token})});

/** Pods of one container that run since an hour, in the namespace `load`. */
function addLoad(cluster: DemoCluster, count: number): void {
	if (count === 0) return;
	const since = timestamp(startedAt - hourMs);
	cluster.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'load'}, status: {phase: 'Active'}});
	const image = 'registry.example.test/load/app:1.0.0';
	for (let number = 0; number < count; number++) {
		const name = `load-${String(number).padStart(3, '0')}`;
		cluster.create({
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name, namespace: 'load', labels: {app: 'load'}, creationTimestamp: since},
			spec: {nodeName: cluster.list('nodes')[0]?.metadata.name ?? '', containers: [{name: 'app', image}]},
			status: {
				phase: 'Running',
				startTime: since,
				containerStatuses: [
					{
						name: 'app',
						image,
						imageID: image,
						containerID: `containerd://${name}`,
						restartCount: 0,
						ready: true,
						started: true,
						state: {running: {startedAt: since}},
					},
				],
			},
		});
	}
}

/** More nodes, with the pods of the cluster dealt out to all of them. */
function spread(cluster: DemoCluster, count: number): void {
	if (count === 0) return;
	const before = cluster.list('nodes').length;
	for (let number = before; number < before + count; number++)
		addNode(cluster, {name: `node-${String(number).padStart(4, '0')}`, number, createdAt: startedAt - 24 * hourMs});
	const names = cluster.list('nodes').map(({metadata}) => metadata.name);
	for (const [index, {metadata}] of cluster.list('pods').entries())
		cluster.patch('pods', metadata.namespace, metadata.name, {spec: {nodeName: names[index % names.length] ?? ''}});
	cluster.compact();
}
