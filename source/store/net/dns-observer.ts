import {type DnsReads, observeDns} from './observe-dns.ts';
import {ViewObserver, type ViewObserverOptions} from './view-observer.ts';

/** diagnosis.md 4.1: every 15 s while the panel is open. */
const everyMs = 15_000;

/** Looks at DNS again and again: logs, metrics, kubelets. */
export class DnsObserver extends ViewObserver {
	constructor({client, ...options}: Omit<ViewObserverOptions, 'observe' | 'everyMs'> & Readonly<{client: DnsReads}>) {
		super({...options, everyMs, observe: (view, signal) => observeDns(client, view, options.clock, signal)});
	}
}
