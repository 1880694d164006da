import type {Check} from '../core/check.ts';
import {conditionOf} from '../core/conditions.ts';
import {nameOf, refTo} from '../core/net/dns/dns-cluster.ts';
import type {NetNode, NetPod} from '../core/net/net-objects.ts';
import {fact, fault} from '../core/net/fault.ts';
import {timestamp} from '../core/timestamp.ts';

const newNodeMs = 90_000;
const noNetwork = /NetworkReady=false|NetworkPluginNotReady|cni plugin not initialized|cni config uninitialized/i;
const networkPod = /^(?:kube-flannel|flannel|calico-node|canal|cilium|weave-net|kube-router|aws-node|azure-cni|antrea-agent|kindnet|ovnkube-node|rke2-canal)/;

/** diagnosis.md 2.9, check 97. */
export const nodeCni: Check = {
	ids: ['NODE_CNI_NOT_READY'],
	title: 'every node has its pod network',
	family: 'node',
	reads: ['nodes', 'pods'],
	graceMs: 10_000,
	*run(view) {
		for (const node of view.all<NetNode>('nodes')) {
			const {conditions} = node.status ?? {};
			const ready = conditionOf(conditions, 'Ready');
			const unavailable = conditionOf(conditions, 'NetworkUnavailable');
			const message = ready?.status === 'False' && noNetwork.test(ready.message ?? '') ? ready.message : undefined;
			const bad = message !== undefined ? ready : unavailable?.status === 'True' ? unavailable : undefined;
			if (!bad || view.now - (timestamp(node.metadata.creationTimestamp) ?? view.now) < newNodeMs) continue;
			const subject = refTo(node);
			const since = timestamp(bad.lastTransitionTime);
			const pod = view.all<NetPod>('pods').find(({metadata, spec}) => spec?.nodeName === node.metadata.name && networkPod.test(metadata.name));
			yield fault({
				id: 'NODE_CNI_NOT_READY',
				family: 'node',
				severity: 'critical',
				confidence: 'proven',
				subject,
				title: `Node ${subject.name} has no pod network: ${message ?? bad.reason ?? 'NetworkUnavailable'}`,
				...(since === undefined ? {} : {since}),
				evidence: [
					fact(subject, `status.conditions[${bad.type}]`, `${bad.status} ${bad.reason ?? ''}`.trim()),
					...(pod ? [fact(refTo(pod), 'status.phase', `${nameOf(pod)} ${pod.status?.phase ?? 'Unknown'}`)] : []),
				],
				remedy: [
					pod
						? {
								text: 'See what the network plugin says',
								command: `kubectl -n ${pod.metadata.namespace} logs ${pod.metadata.name} --all-containers --tail=50`,
								changes: false,
							}
						: {text: 'Look for the network plugin: none was found on the node', command: 'kubectl get daemonsets -A', changes: false},
					{text: `On ${subject.name}: is there a CNI configuration?`, command: 'ls -l /etc/cni/net.d', changes: false},
				],
			});
		}
	},
};
