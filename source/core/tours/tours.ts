import type {NetworkTab} from '../net/network-view.ts';
import type {StoryName} from '../story-names.ts';
import type {Tour, TourStep} from './tour.ts';

function step(text: string, keys: string, at: TourStep['at']): TourStep {
	return {text, keys, at};
}

const network = (what: string): TourStep => step(`:net Enter: ${what}`, ':net<enter>', {type: 'network', tab: 'dns'});
const logs = (what: string): TourStep => step(`l reads its logs: ${what}`, 'l', {type: 'logs'});
const verdict = (what: string, tab: NetworkTab = 'dns'): TourStep => step(`m, then Enter: ${what}`, 'm<enter>', {type: 'network', tab, probed: true});
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

/** A walk through each story of the demo: a few steps, each of which one can see the end of. Those of the network end at what the probes find. */
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
		step('Enter opens the Service promo', '<enter>', {type: 'object'}),
		step('y shows it as YAML: it selects app=promos', 'y', {type: 'object', tab: 'yaml'}),
		table('pods', 'shop', 'the pods of promo run well'),
		table('endpointslices.discovery.k8s.io', 'shop', 'nobody is behind promo', 'endpointslices'),
		step(':net path promo.shop Enter: where the way breaks off', ':net path promo.shop<enter>', {type: 'network', tab: 'path'}),
		verdict('a pod tries it, for proof', 'path'),
	],
	'dns-same-node': [
		step('Enter opens the Deployment cart', '<enter>', {type: 'object'}),
		logs('lookups time out, now and then'),
		table('pods', 'shop', 'one pod of cart is ready, one is not'),
		network('DNS, by reading alone: nothing is wrong'),
		verdict('pods ask DNS, and the verdict says why'),
	],
	'overlay-broken': [
		redRow,
		logs('half of all lookups time out'),
		table('nodes', '', 'all are Ready: kubelets do not need the overlay'),
		network('DNS, by reading alone: nothing is wrong'),
		verdict('pods ask DNS, and the verdict says why'),
	],
	'dns-upstream': [
		redRow,
		logs('a name of the outside times out'),
		logsOf('deploy/coredns -n kube-system', 'what CoreDNS says of it'),
		network('CoreDNS forwards to its node'),
		verdict('pods ask DNS, and the verdict says why'),
	],
	'policy-blocks-dns': [
		redRow,
		logs('no name resolves any more'),
		table('networkpolicies.networking.k8s.io', 'shop', 'egress-lockdown is new', 'networkpolicies'),
		step(':net policy Enter: who may talk to whom', ':net policy<enter>', {type: 'network', tab: 'policy'}),
		step('1 turns to DNS: the policy is named already', '1', {type: 'network', tab: 'dns'}),
		verdict('pods ask DNS, which proves it'),
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
