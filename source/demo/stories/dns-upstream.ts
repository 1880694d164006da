import {addClusterServices} from '../build/cluster-services.ts';
import {buildDemoCluster, minuteMs} from '../build/demo-cluster.ts';
import {settle} from '../control-plane/settle.ts';
import {dnsTroubleAnnotation} from '../logs/core-dns-profile.ts';
import {upstreamAddress} from '../network/addresses.ts';
import {timestamp} from '../stored-object.ts';
import type {DemoStory} from '../story.ts';
import {failLookups} from './failing-lookups.ts';

export const dnsUpstream: DemoStory = {
	name: 'dns-upstream',
	title: `The name server outside, ${upstreamAddress}, does not answer: names of the cluster resolve, all others time out.`,
	namespace: 'shop',
	isLiving: true,
	build(cluster) {
		const since = cluster.now() - 25 * minuteMs;
		buildDemoCluster(cluster);
		settle(cluster);
		failLookups(cluster, {app: 'mail', host: 'mail.example.test', since});
		failLookups(cluster, {app: 'checkout', host: 'api.bank.example.test', since, areReady: true});
		addClusterServices(cluster);
		cluster.settings.network.silentUpstreams.add(upstreamAddress);
		const annotations = {[dnsTroubleAnnotation]: `upstream ${upstreamAddress} ${timestamp(since)}`};
		for (const {metadata} of cluster.list('pods', 'kube-system')) {
			if (metadata.labels?.['k8s-app'] === 'kube-dns') cluster.patch('pods', 'kube-system', metadata.name, {metadata: {annotations}});
		}
	},
};
