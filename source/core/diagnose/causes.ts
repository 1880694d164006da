/** `PREFIX_*` means every id that begins so. */
type Pattern = string;

/** A node that cannot do its work; that it is old, cordoned or has a wrong clock breaks nobody's endpoints. */
const nodeDown = [
	'NODE_NOT_READY',
	'NODE_LEASE_STALE',
	'NODE_CNI_NOT_READY',
	'NODE_PRESSURE',
	'NODE_NO_PODCIDR',
	'NODE_POD_IPS_EXHAUSTED',
	'NODE_IP_FORWARD_OFF',
	'NODE_BRIDGE_NF_OFF',
	'NODE_CONNTRACK_FULL',
];

/** Which finding may explain which: the table of diagnosis.md 3.2, and of 4.5 "Which verdict wins". Effects first. */
const table: ReadonlyArray<readonly [effects: readonly Pattern[], causes: readonly Pattern[]]> = [
	[
		['DNS_NO_READY_ENDPOINTS', 'DNS_ENDPOINTS_PARTIAL'],
		['DNS_LOOP', 'DNS_COREFILE_INVALID', 'DNS_APISERVER_UNREACHABLE', 'SCHED_*', 'IMG_*', ...nodeDown],
	],
	[['DNS_APISERVER_UNREACHABLE'], [...nodeDown, 'NET_OVERLAY_DROPPED', 'NET_NODE_PAIR', 'NP_BLOCKS_SERVICE', 'NP_EGRESS_BLOCKS_DNS']],
	[
		['DNS_HIGH_ERROR_RATE', 'DNS_LATENCY_HIGH'],
		['DNS_UPSTREAM_FAILING', 'DNS_LOOP', 'DNS_COREFILE_*', 'DNS_APISERVER_UNREACHABLE'],
	],
	[['DNS_COREFILE_LINT'], ['DNS_LOOP', 'DNS_COREFILE_INVALID', 'DNS_COREFILE_NO_KUBERNETES']],
	[['DNS_UPSTREAM_FAILING'], ['DNS_NO_READY_ENDPOINTS', 'DNS_SVC_MISSING', 'DNS_LOOP', 'DNS_COREFILE_INVALID', 'NET_OVERLAY_DROPPED', 'NODE_NOT_READY']],
	// Rows that are blocked: a policy that says so, else the nodes and what they run.
	[
		[
			'DNS_EGRESS_BLOCKED',
			'DNS_PROTOCOL_BLOCKED',
			'NET_OVERLAY_DROPPED',
			'NET_NODE_PAIR',
			'KPROXY_NODE_RULES',
			'SERVICE_PLANE',
			'NET_VXLAN_CHECKSUM',
			'NET_HAIRPIN',
		],
		['NP_EGRESS_BLOCKS_DNS', 'NP_BLOCKS_SERVICE'],
	],
	[
		['NET_OVERLAY_DROPPED', 'NET_NODE_PAIR', 'NET_MTU_BLACKHOLE'],
		['NODE_NOT_READY', 'NODE_CNI_NOT_READY', 'FLANNEL_PUBLIC_IP_MISMATCH', 'NET_CIDR_OVERLAP', 'NODE_IP_FORWARD_OFF'],
	],
	[['DNS_SAME_NODE_NO_UNNAT'], ['NODE_BRIDGE_NF_OFF']],
	[
		[
			'DNS_SAME_NODE_NO_UNNAT',
			'KPROXY_NODE_RULES',
			'SERVICE_PLANE',
			'NET_VXLAN_CHECKSUM',
			'DNS_EGRESS_BLOCKED',
			'DNS_APISERVER_UNREACHABLE',
			'DNS_SEARCH_PATH',
			'DNS_HEADLESS_PARTIAL',
		],
		['DNS_NO_READY_ENDPOINTS', 'DNS_SVC_MISSING'],
	],
	[
		['KPROXY_NODE_RULES', 'SERVICE_PLANE'],
		['KPROXY_NOT_RUNNING', 'KPROXY_ERRORS', 'NODE_CONNTRACK_FULL', 'NODE_NOT_READY'],
	],
	[
		['KPROXY_NOT_RUNNING', 'DNS_NODELOCAL_DOWN', 'ING_CONTROLLER_DOWN'],
		['NODE_NOT_READY', 'NODE_CNI_NOT_READY', 'NODE_PRESSURE'],
	],
	[
		['SVC_NO_READY_ENDPOINTS', 'SVC_PARTIAL_READY'],
		[...nodeDown, 'SVC_NAMED_PORT_UNRESOLVED'],
	],
	[
		['ING_BACKEND_EMPTY', 'ING_BACKEND_MISSING', 'ROUTE_*', 'WEBHOOK_BACKEND_DOWN', 'APISERVICE_UNAVAILABLE'],
		['SVC_*', 'ING_CONTROLLER_DOWN', 'DNS_NAME_WRONG'],
	],
	[['ING_NO_ADDRESS'], ['ING_CONTROLLER_DOWN', 'ING_CLASS_MISSING', 'LB_PENDING']],
	[['ROUTE_NOT_ATTACHED', 'ROUTE_BACKEND_UNRESOLVED'], ['GW_NOT_PROGRAMMED']],
	[['NODE_CNI_NOT_READY'], ['NODE_NO_PODCIDR', 'NODE_POD_IPS_EXHAUSTED']],
	[['NODE_NOT_READY'], ['NODE_CNI_NOT_READY', 'NODE_PRESSURE', 'NODE_K3S_PASSWORD']],
	// A clock that is behind makes every heartbeat look old.
	[['NODE_LEASE_STALE'], ['NODE_CLOCK_SKEW']],
];

/** May a finding of the one id be the reason for one of the other? */
export function mayExplain(cause: string, effect: string): boolean {
	return table.some(([effects, causes]) => effects.some(pattern => matches(pattern, effect)) && causes.some(pattern => matches(pattern, cause)));
}

function matches(pattern: Pattern, id: string): boolean {
	return pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern;
}
