import type {Check} from '../core/check.ts';
import {publicIpMismatch} from '../core/net/flannel-public-ip.ts';
import type {NetNode} from '../core/net/net-objects.ts';

/** diagnosis.md 2.9, check 101. Nodes with several interfaces have that on purpose, so it stays `possible` until a probe fails. */
export const flannelPublicIp: Check = {
	ids: ['FLANNEL_PUBLIC_IP_MISMATCH'],
	title: 'flannel announces the address of each node',
	family: 'network',
	reads: ['nodes'],
	graceMs: 0,
	*run(view) {
		for (const node of view.all<NetNode>('nodes')) {
			const finding = publicIpMismatch(node, 'possible');
			if (finding) yield finding;
		}
	},
};
