import type {FileLine} from './file-lines.ts';

const plain: Readonly<Record<string, string>> = {
	'/proc/sys/net/ipv4/ip_forward': 'ip_forward',
	'/proc/sys/net/bridge/bridge-nf-call-iptables': 'bridge-nf-call-iptables',
	'/proc/sys/net/ipv4/conf/all/rp_filter': 'rp_filter',
	'/proc/sys/net/netfilter/nf_conntrack_count': 'conntrack_count',
	'/proc/sys/net/netfilter/nf_conntrack_max': 'conntrack_max',
};
const statistics = '/proc/net/stat/nf_conntrack';
const counted = ['insert_failed', 'drop'] as const;

/** `ip_forward=1`, `mtu.eth0=1450`, `insert_failed=0`: the settings and counters of diagnosis.md 4.3 R14, each as read. */
export function nodeFactValues(lines: readonly FileLine[]): readonly string[] {
	const facts = lines.flatMap(({path, line}) => {
		const name = plain[path];
		const device = /^\/sys\/class\/net\/([^/]+)\/mtu$/.exec(path)?.[1];
		if (!/^\d+$/.test(line.trim())) return [];
		if (name !== undefined) return [`${name}=${line.trim()}`];
		return device === undefined || device === 'lo' ? [] : [`mtu.${device}=${line.trim()}`];
	});
	return [...facts, ...conntrackCounters(lines.filter(({path}) => path === statistics).map(({line}) => line))];
}

/** A head of names, then a line of hexadecimal numbers for each processor. */
function conntrackCounters(lines: readonly string[]): readonly string[] {
	const [head, ...rows] = lines.map(line => line.trim().split(/\s+/));
	if (head === undefined) return [];
	return counted.flatMap(name => {
		const index = head.indexOf(name);
		const numbers = rows.map(row => row[index] ?? '').filter(cell => /^[0-9a-f]+$/i.test(cell));
		return index === -1 || numbers.length === 0 ? [] : [`${name}=${numbers.reduce((sum, cell) => sum + Number.parseInt(cell, 16), 0)}`];
	});
}
