import type {StoryName} from '../story-names.ts';
import type {Tour, TourStep} from './tour.ts';

function step(text: string, keys: string, at: TourStep['at']): TourStep {
	return {text, keys, at};
}

const networkDns = step(':net dns Enter: the DNS of the cluster, by reading alone', ':net dns<enter>', {type: 'network', tab: 'dns'});
const networkProbes = step(':net probes Enter: who reaches whom, once you let it ask', ':net probes<enter>', {type: 'network', tab: 'probes'});
const help = step('? lists the keys of the screen one is on', '?', {type: 'help'});
const redRow = step('Enter opens the red row', '<enter>', {type: 'object'});
const faultsOnly = step('! leaves only what is not well', '!', {type: 'table', faultsOnly: true});

function table(kind: string, where: string, what: string, short = kind): TourStep {
	const words = `${short}${where === '' ? '' : ` ${where}`}`;
	return step(`:${words} Enter: ${what}`, `:${words}<enter>`, {type: 'table', kind});
}

function logsOf(words: string, what: string): TourStep {
	return step(`:logs ${words} Enter: ${what}`, `:logs ${words}<enter>`, {type: 'logs'});
}

/** A walk through each story of the demo: seven steps, each of which one can see the end of. */
export const tours: Readonly<Record<StoryName, Tour>> = {
	healthy: [
		table('pods', 'shop', 'the pods of one namespace'),
		step('Enter opens the pod under the cursor', '<enter>', {type: 'object'}),
		step('y shows it as YAML', 'y', {type: 'object', tab: 'yaml'}),
		logsOf('deploy/web -n shop', 'its pods as they talk'),
		step(':top Enter: what the nodes use', ':top<enter>', {type: 'top'}),
		step(':net Enter: DNS, paths and policies of the network', ':net<enter>', {type: 'network'}),
		help,
	],
	'crash-loop': [
		redRow,
		table('pods', 'shop', 'the pods of the shop'),
		faultsOnly,
		step('l reads the log of the pod under the cursor', 'l', {type: 'logs'}),
		step('p turns to the run before: its last line says why', 'p', {type: 'logs', previous: true}),
		table('configmaps', 'shop', 'checkout-env has no key DB_URL'),
		help,
	],
	'oom-eviction': [
		redRow,
		table('nodes', '', 'node-b2 is short of memory'),
		step(':top Enter: how much of it is left', ':top<enter>', {type: 'top'}),
		table('pods', 'shop', 'who fails, and who was evicted'),
		faultsOnly,
		step('Enter opens one of them: WHY says what happened', '<enter>', {type: 'object'}),
		table('events', 'shop', 'the evictions as they came'),
	],
	'noisy-logs': [
		table('pods', 'shop', 'orders has three pods of five containers'),
		logsOf('deploy/orders -n shop', 'hundreds of lines a second'),
		step('s stops following; nothing is lost meanwhile', 's', {type: 'logs', follow: false}),
		step('w cuts long lines; again wraps them', 'w', {type: 'logs', wrap: false}),
		step('4 reads the last 15 minutes: the errors rise', '4', {type: 'logs', range: '15m'}),
		step(':top pods shop Enter: what that costs', ':top pods shop<enter>', {type: 'top', level: 'pods'}),
		help,
	],
	'no-endpoints': [
		step('Enter opens the red row: the Service promo', '<enter>', {type: 'object'}),
		step('y shows it as YAML: it selects app=promos', 'y', {type: 'object', tab: 'yaml'}),
		table('pods', 'shop', 'the pods of promo run well'),
		step('z w adds columns', 'zw', {type: 'table', wide: true}),
		table('endpointslices.discovery.k8s.io', 'shop', 'nobody is behind promo', 'endpointslices'),
		step(':net path promo.shop Enter: where the way breaks off', ':net path promo.shop<enter>', {type: 'network', tab: 'path'}),
		help,
	],
	'dns-same-node': [
		redRow,
		logsOf('deploy/cart -n shop', 'lookups time out, now and then'),
		networkDns,
		networkProbes,
		table('pods', 'kube-system', 'where CoreDNS runs'),
		step('z w adds columns: the nodes among them', 'zw', {type: 'table', wide: true}),
		table('configmaps', 'kube-system', 'kube-proxy has masqueradeAll false'),
	],
	'overlay-broken': [
		redRow,
		logsOf('deploy/cart -n shop', 'half of all lookups time out'),
		networkDns,
		networkProbes,
		step(':net path pg.data:5432 Enter: from node to node', ':net path pg.data:5432<enter>', {type: 'network', tab: 'path'}),
		table('nodes', '', 'all are Ready: kubelets do not need the overlay'),
		table('configmaps', 'kube-flannel', 'VXLAN, UDP port 8472'),
	],
	'dns-upstream': [
		redRow,
		logsOf('deploy/mail -n shop', 'names of the outside time out'),
		networkDns,
		logsOf('deploy/coredns -n kube-system', 'what CoreDNS says of it'),
		networkProbes,
		table('configmaps', 'kube-system', 'coredns forwards to its node'),
		help,
	],
	'policy-blocks-dns': [
		redRow,
		logsOf('deploy/cart -n shop', 'no name resolves any more'),
		networkDns,
		step(':net policy Enter: who may talk to whom', ':net policy<enter>', {type: 'network', tab: 'policy'}),
		table('networkpolicies.networking.k8s.io', 'shop', 'egress-lockdown is new', 'networkpolicies'),
		networkProbes,
		help,
	],
	'ten-thousand-pods': [
		table('pods', 'all', 'all 10,000 of them'),
		step('T sorts by restarts', 'T', {type: 'table', sort: {by: 'restarts', descending: true}}),
		faultsOnly,
		step('Esc shows all again', '<esc>', {type: 'table', faultsOnly: false}),
		step('/ status!=Running Enter filters', '/status!=Running<enter>', {type: 'table', filter: 'status!=Running'}),
		step('Enter opens the pod under the cursor', '<enter>', {type: 'object'}),
		help,
	],
};
