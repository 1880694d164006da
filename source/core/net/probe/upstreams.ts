import type {ClusterView} from '../../check.ts';
import {textAt} from '../../field.ts';
import {parseCorefile} from '../dns/corefile.ts';
import {isLoopback} from '../dns/addresses.ts';
import type {CorednsMetricsFacts} from '../dns/dns-observations.ts';
import {upstreamAddresses} from '../dns/forwards.ts';

/** Where CoreDNS asks itself, `10.0.0.2:53`: by its Corefile, and by its metrics where the Corefile only names a file of the node. */
export function upstreamsOf(view: ClusterView): readonly string[] {
	const texts = view
		.all('configmaps')
		.filter(({metadata}) => metadata.namespace === 'kube-system' && metadata.name === 'coredns')
		.flatMap(map => textAt(map, 'data', 'Corefile') ?? []);
	const written = texts.flatMap(text => upstreamAddresses(parseCorefile(text)));
	const scrapes = view.observed<CorednsMetricsFacts>('coredns-metrics').flatMap(one => (one.outcome === 'ok' ? [one.facts] : []));
	const used = scrapes.flatMap(({upstreams}) => Object.keys(upstreams));
	return [...new Set([...written, ...used])].filter(address => !isLoopback(address.replace(/^\[|\]?:\d+$/g, '')));
}
