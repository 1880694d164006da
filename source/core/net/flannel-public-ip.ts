import type {Confidence, Finding} from '../finding.ts';
import {refTo} from './dns/dns-cluster.ts';
import {fact, fault} from './fault.ts';
import type {NetNode} from './net-objects.ts';

const prefix = 'flannel.alpha.coreos.com/';

/** FLANNEL_PUBLIC_IP_MISMATCH: the overlay's other ends send to an address that is not the node's; undefined where it is, or is meant so. */
export function publicIpMismatch(node: NetNode, confidence: Confidence): Finding | undefined {
	const {annotations = {}, name} = node.metadata;
	const announced = annotations[`${prefix}public-ip`];
	const wanted = annotations[`${prefix}public-ip-overwrite`];
	const internal = (node.status?.addresses ?? []).filter(({type}) => type === 'InternalIP').map(({address}) => address);
	if (announced === undefined || internal.length === 0 || internal.includes(announced) || announced === wanted) return undefined;
	const subject = refTo(node);
	return fault({
		id: 'FLANNEL_PUBLIC_IP_MISMATCH',
		family: 'network',
		severity: 'warning',
		confidence,
		subject,
		title: `Node ${name}: flannel announces ${announced}, the node's address is ${internal.join(', ')}`,
		evidence: [fact(subject, `metadata.annotations[${prefix}public-ip]`, announced), fact(subject, 'status.addresses[InternalIP]', internal.join(', '))],
		remedy: [
			{
				text: 'Have it announce the address by which the other nodes reach it',
				command: `kubectl annotate node ${name} ${prefix}public-ip-overwrite=${internal[0]} --overwrite`,
				changes: true,
			},
		],
	});
}
