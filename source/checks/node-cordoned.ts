import type {Check} from '../core/check.ts';
import {refTo} from '../core/net/dns/dns-cluster.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetNode} from '../core/net/net-objects.ts';

/** diagnosis.md 2.9, check 103. Nothing in the API tells since when. */
export const nodeCordoned: Check = {
	ids: ['NODE_CORDONED'],
	title: 'nodes take new pods',
	family: 'node',
	reads: ['nodes'],
	graceMs: 0,
	*run(view) {
		for (const node of view.all<NetNode>('nodes')) {
			if (node.spec?.unschedulable !== true) continue;
			const subject = refTo(node);
			yield fault({
				id: 'NODE_CORDONED',
				family: 'node',
				severity: 'info',
				class: 'practice',
				confidence: 'proven',
				subject,
				title: `Node ${subject.name} is cordoned: no new pods are placed on it`,
				evidence: [fact(subject, 'spec.unschedulable', 'true')],
				remedy: [{text: 'When the work on it is done', command: `kubectl uncordon ${subject.name}`, changes: true}],
			});
		}
	},
};
