import type {ClusterView} from '../../check.ts';
import {type DnsRates, dnsRates, type Scrape} from './dns-rates.ts';
import type {CorednsMetricsFacts} from './dns-observations.ts';

/** The scrapes of one CoreDNS pod that worked, the newest first. */
export function scrapesOf(view: ClusterView, pod: string): readonly Scrape[] {
	return view
		.observed<CorednsMetricsFacts>('coredns-metrics')
		.filter(({target}) => target === pod)
		.flatMap(one => (one.outcome === 'ok' ? [{at: one.at, metrics: one.facts}] : []));
}

/** What happened between its scrapes, the newest interval first. */
export function ratesOf(view: ClusterView, pod: string): readonly DnsRates[] {
	const scrapes = scrapesOf(view, pod);
	return scrapes.flatMap((after, index) => {
		const before = scrapes[index + 1];
		const rates = before && dnsRates(before, after);
		return rates ? [rates] : [];
	});
}
