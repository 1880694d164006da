import {isNodeSource} from '../core/net/probe/probe-plan.ts';
import {readFileFields, readFiles} from '../core/net/probe/read/files.ts';
import {nodeFactValues} from '../core/net/probe/read/node-facts.ts';
import type {Probe} from '../core/probe.ts';

const interfaces = '/sys/class/net/*/mtu';
/** All of them belong to the network namespace of the reader: only a source in the node's network tells about the node. */
const settings = [
	'/proc/sys/net/ipv4/ip_forward',
	'/proc/sys/net/bridge/bridge-nf-call-iptables',
	'/proc/sys/net/ipv4/conf/all/rp_filter',
	'/proc/sys/net/netfilter/nf_conntrack_count',
	'/proc/sys/net/netfilter/nf_conntrack_max',
	'/proc/net/stat/nf_conntrack',
] as const;

export const nodeFacts: Probe = {
	id: 'node-facts',
	title: 'Network settings of the kernel and MTUs of the interfaces',
	impact: 'reads',
	timeoutMs: 1_000,
	command: ({from}) => ({tool: 'sh', words: ['f', ...(isNodeSource(from) ? settings : []), interfaces]}),
	ask: ({from}) => ['file', ...(isNodeSource(from) ? settings : []), interfaces],
	read: output => readFiles(output, nodeFactValues),
	readFields: fields => readFileFields(fields, nodeFactValues),
};
