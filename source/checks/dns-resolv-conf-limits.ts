import type {Check} from '../core/check.ts';
import {textAt, timeAt} from '../core/field.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetPod} from '../core/net/net-objects.ts';

const hourMs = 3_600_000;

/** diagnosis.md 2.1, check 16: the kubelet says so in events, once for each pod; told once for each node. */
export const dnsResolvConfLimits: Check = {
	ids: ['DNS_RESOLVCONF_LIMITS'],
	title: 'resolv.conf of the nodes keeps within the limits of DNS',
	family: 'DNS',
	reads: ['events', 'pods'],
	graceMs: 0,
	*run(view) {
		const nodeOf = new Map(view.all<NetPod>('pods').map(pod => [`${pod.metadata.namespace}/${pod.metadata.name}`, pod.spec?.nodeName]));
		const found = view.all('events').flatMap(event => {
			const at =
				timeAt(event, 'lastTimestamp') ?? timeAt(event, 'series', 'lastObservedTime') ?? timeAt(event, 'eventTime') ?? timeAt(event, 'deprecatedLastTimestamp');
			if (textAt(event, 'reason') !== 'DNSConfigForming' || at === undefined || view.now - at > hourMs) return [];
			const about = ['involvedObject', 'regarding']
				.map(key => `${textAt(event, key, 'namespace') ?? ''}/${textAt(event, key, 'name') ?? ''}`)
				.find(name => nodeOf.has(name));
			const node =
				textAt(event, 'source', 'host') ?? textAt(event, 'deprecatedSource', 'host') ?? textAt(event, 'reportingInstance') ?? nodeOf.get(about ?? '');
			return node === undefined ? [] : [{node, at, message: textAt(event, 'message') ?? textAt(event, 'note') ?? ''}];
		});
		for (const [node, events] of Map.groupBy(found, one => one.node)) {
			const newest = events.reduce((a, b) => (b.at > a.at ? b : a));
			const subject = {apiVersion: 'v1', kind: 'Node', name: node};
			yield fault({
				id: 'DNS_RESOLVCONF_LIMITS',
				family: 'DNS',
				severity: 'warning',
				confidence: 'proven',
				subject,
				title: `Node ${node}: its resolv.conf is beyond the limits of DNS, so entries are dropped in pods`,
				since: Math.min(...events.map(({at}) => at)),
				evidence: [fact(subject, 'event DNSConfigForming', newest.message), fact(subject, 'events of the last hour', String(events.length))],
				remedy: [
					{
						text: `On ${node}: keep 3 nameservers and a short search list in the file of the kubelet's resolvConf`,
						command: 'cat /etc/resolv.conf',
						changes: false,
					},
				],
			});
		}
	},
};
