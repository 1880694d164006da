import {listAt, textAt} from '../../field.ts';
import {selectorMatches} from '../../label-selector.ts';
import type {EndFacts} from './end-facts.ts';
import {blockCovers, blockHas, type IpBlock, parseCidr} from './ip-address.ts';
import type {PolicyPeer, Selector} from './network-policy.ts';

/** Does a peer name this end? `maybe`: it depends on what the network plugin does, or on what could not be read; `why` says on what. */
export type Match = Readonly<{is: 'yes' | 'no'} | {is: 'maybe'; why: string}>;

/** The labels of a namespace; undefined: they could not be read. */
export type LabelsOfNamespace = (namespace: string) => Readonly<Record<string, string>> | undefined;

/** An ipBlock as it is compared; undefined: it is no block. */
export type ParsedBlock = Readonly<{cidr: IpBlock; except: readonly IpBlock[]}> | undefined;
/** What matching needs beside peer and end. Blocks are read once: a cluster's policies are asked about thousands of pods. */
export type PeerContext = Readonly<{
	labelsOf: LabelsOfNamespace;
	blockOf(peer: PolicyPeer): ParsedBlock;
	placeOf(selector: Selector, namespace: string): Match;
}>;

const yes: Match = {is: 'yes'};
const no: Match = {is: 'no'};
/** The label every namespace carries, with its own name (since 1.22). */
export const namespaceNameLabel = 'kubernetes.io/metadata.name';

/** Ranges that are not the internet: private, loopback, link-local, shared, multicast, reserved (RFC 6890, RFC 1918, RFC 6598). */
const notPublic = [
	'0.0.0.0/8',
	'10.0.0.0/8',
	'100.64.0.0/10',
	'127.0.0.0/8',
	'169.254.0.0/16',
	'172.16.0.0/12',
	'192.168.0.0/16',
	'198.18.0.0/15',
	'224.0.0.0/4',
	'240.0.0.0/4',
	'fc00::/7',
	'fe80::/10',
	'ff00::/8',
].flatMap(text => parseCidr(text) ?? []);

/** One element of `from` or `to` against one end (diagnosis.md 5.2, peersMatch). */
export function matchPeer(peer: PolicyPeer, policyNamespace: string, end: EndFacts, context: PeerContext): Match {
	if (peer.ipBlock) return matchBlock(context.blockOf(peer), peer.ipBlock.cidr, end);
	// Selectors name pods; a node and an address outside are none.
	const {namespaceSelector, podSelector} = peer;
	if (end.kind !== 'pod' || (!podSelector && !namespaceSelector)) return no;
	// The place first: of thousands of pods most are elsewhere.
	const place = namespaceSelector ? context.placeOf(namespaceSelector, end.namespace) : end.namespace === policyNamespace ? yes : no;
	if (place.is === 'no' || (podSelector && !selectorMatches(podSelector, end.labels))) return no;
	if (place.is !== 'yes' || !end.hostNetwork) return place;
	return {is: 'maybe', why: `${end.title} has the node's network, where most plugins see the node's address and not the pod`};
}

/** Does a namespaceSelector mean this namespace? */
export function matchPlace(selector: Selector, namespace: string, labelsOf: LabelsOfNamespace): Match {
	const labels = labelsOf(namespace);
	if (labels !== undefined) return selectorMatches(selector, labels) ? yes : no;
	const asks = [...Object.keys(selector.matchLabels ?? {}), ...listAt(selector, 'matchExpressions').flatMap(one => textAt(one, 'key') ?? [])];
	// Its name is known without reading it.
	if (asks.every(key => key === namespaceNameLabel)) return selectorMatches(selector, {[namespaceNameLabel]: namespace}) ? yes : no;
	return {is: 'maybe', why: `the labels of namespace ${namespace} could not be read`};
}

/** Reads a peer's ipBlock; holes that are no blocks are left out. */
export function parseBlock({ipBlock}: PolicyPeer): ParsedBlock {
	const cidr = parseCidr(textAt(ipBlock, 'cidr') ?? '');
	return cidr && {cidr, except: listAt(ipBlock, 'except').flatMap(text => parseCidr(String(text)) ?? [])};
}

function matchBlock(block: ParsedBlock, text: string, end: EndFacts): Match {
	if (!block) return no;
	const {cidr, except} = block;
	if (end.kind === 'internet') return matchInternet(cidr, except);
	const everywhere = cidr.prefix === 0 && except.length === 0;
	if (end.kind === 'pod' && end.addresses.length === 0) return everywhere ? yes : {is: 'maybe', why: `${end.title} has no address yet`};
	if (!end.addresses.some(ip => blockHas(cidr, ip) && !except.some(hole => blockHas(hole, ip)))) return no;
	if (end.kind !== 'pod' || end.hostNetwork || everywhere) return yes;
	return {is: 'maybe', why: `ipBlock ${text} is meant for addresses outside the cluster: whether it holds for a pod depends on the network plugin`};
}

/** yes: every public address; maybe: some of them. */
function matchInternet(cidr: IpBlock, except: readonly IpBlock[]): Match {
	if (notPublic.some(range => blockCovers(range, cidr))) return no;
	const isWhole = cidr.family === 4 && cidr.prefix === 0 && except.every(hole => hole.family === 6 || notPublic.some(range => blockCovers(range, hole)));
	return isWhole ? yes : {is: 'maybe', why: 'only a part of the internet is admitted'};
}
