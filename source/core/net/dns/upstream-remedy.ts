import type {Remedy} from '../../finding.ts';

/** What to do where CoreDNS cannot reach `10.0.0.2:53`. Its image has no shell, so nothing is run inside of it. */
export function upstreamRemedy(address: string, namespace: string): readonly Remedy[] {
	const [host = address] = address.replace(/^\[/, '').split(/\]?:(?=\d+$)/);
	return [
		{
			text: `On the nodes of CoreDNS: does ${host} answer, and does a firewall let UDP and TCP 53 through?`,
			command: `dig +tries=1 +time=2 @${host} example.com`,
			changes: false,
		},
		{text: 'See which servers the nodes name', command: 'cat /etc/resolv.conf', changes: false},
		{text: 'Name another upstream in the forward line', command: `kubectl -n ${namespace} edit configmap coredns`, changes: true},
	];
}
