import type {DemoCluster} from '../cluster.ts';
import {fateAnnotation} from '../control-plane/fate.ts';
import {textAt} from '../json.ts';
import {logsAnnotation} from '../logs/profiles.ts';
import {timestamp} from '../stored-object.ts';

/** Three readiness probes, ten seconds apart. */
const noticedAfterMs = 30_000;

export type FailingLookups = Readonly<{
	/** The application in the namespace shop. */
	app: string;
	/** The name that it looks up. */
	host: string;
	since: number;
	/** Only its pods on these nodes; on all where missing. */
	nodes?: readonly string[];
	/** They go on answering their probes. */
	areReady?: boolean;
}>;

/** Lets pods of a settled cluster say that their lookups fail, and lose their readiness for it. The next settle() writes their status. */
export function failLookups(cluster: DemoCluster, {app, host, since, nodes, areReady = false}: FailingLookups): void {
	for (const pod of cluster.list('pods', 'shop')) {
		if (pod.metadata.labels?.['app'] !== app || nodes?.includes(textAt(pod, 'spec', 'nodeName')) === false) continue;
		const fate = areReady ? {} : {[fateAnnotation]: `unready ${timestamp(since + noticedAfterMs)}`};
		const annotations = {...pod.metadata.annotations, [logsAnnotation]: `lookups ${host} ${timestamp(since)}`, ...fate};
		cluster.replace({...pod, metadata: {...pod.metadata, annotations}, status: {phase: 'Pending', qosClass: 'Burstable'}});
	}
}

/** The nodes that run a CoreDNS pod. */
export function dnsNodes(cluster: DemoCluster): readonly string[] {
	const pods = cluster.list('pods', 'kube-system').filter(({metadata}) => metadata.labels?.['k8s-app'] === 'kube-dns');
	return pods.map(pod => textAt(pod, 'spec', 'nodeName'));
}
