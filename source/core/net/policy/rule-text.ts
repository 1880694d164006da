import {textAt} from '../../field.ts';
import {labelSelectorText} from '../../label-selector.ts';
import {type NetworkPolicy, type PolicyDirection, type PolicyPeer, type PolicyPort, policyRules, rulePeers, type Selector} from './network-policy.ts';
import {namespaceNameLabel} from './peer-match.ts';
import {protocolOf} from './port-match.ts';

/** A rule in words: `from ns shop app in (web2) tcp/5432`, `to anybody udp/53`; a rule that is not there is ''. */
export function ruleText(policy: NetworkPolicy, direction: PolicyDirection, index: number): string {
	const rule = policyRules(policy, direction)[index];
	if (!rule) return '';
	const peers = rulePeers(rule, direction).map(peer => peerText(peer, policy.metadata.namespace ?? ''));
	const who = peers.length === 0 ? 'anybody' : peers.join(' or ');
	const ports = portsText(rule.ports);
	return `${direction === 'ingress' ? 'from' : 'to'} ${who}${ports === '' ? '' : ` ${ports}`}`;
}

/** One peer in words: `ns shop app=web`, `any ns app=web`, `ns shop`, `10.0.0.0/8 except 10.1.0.0/16`. */
export function peerText({ipBlock, namespaceSelector, podSelector}: PolicyPeer, policyNamespace: string): string {
	if (ipBlock) {
		const except = ipBlock.except ?? [];
		return `${ipBlock.cidr}${except.length === 0 ? '' : ` except ${except.join(', ')}`}`;
	}
	if (!namespaceSelector && !podSelector) return 'nobody (an empty peer)';
	const place = namespaceSelector ? namespacesText(namespaceSelector) : `ns ${policyNamespace}`;
	const pods = labelSelectorText(podSelector) ?? '';
	return pods === '' ? place : `${place} ${pods}`;
}

/** `ns shop` where the selector asks for that name only, `any ns`, `ns with team=a`. */
export function namespacesText(selector: Selector): string {
	const text = labelSelectorText(selector) ?? '';
	if (text === '') return 'any ns';
	const name = textAt(selector, 'matchLabels', namespaceNameLabel);
	return name !== undefined && text === `${namespaceNameLabel}=${name}` ? `ns ${name}` : `ns with ${text}`;
}

/** `tcp/80, tcp/8000-8999, udp/dns`; '' where all ports are admitted. */
export function portsText(ports: readonly PolicyPort[] | null | undefined): string {
	return (ports ?? []).map(portText).join(', ');
}

function portText(entry: PolicyPort): string {
	const protocol = protocolOf(entry).toLowerCase();
	if (entry.port === undefined || entry.port === null) return protocol;
	return `${protocol}/${entry.port}${entry.endPort === undefined ? '' : `-${entry.endPort}`}`;
}
