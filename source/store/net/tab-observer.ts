import type {NetworkTab} from '../../core/net/network-view.ts';
import {observeTab, type TabReads} from './observe-tab.ts';
import {ViewObserver, type ViewObserverOptions} from './view-observer.ts';

/** Logs of kube-proxy and certificates change slowly. */
const everyMs = 60_000;

/** Reads what stands beside the objects of a tab. */
export class TabObserver extends ViewObserver {
	constructor({tab, client, ...options}: Omit<ViewObserverOptions, 'observe' | 'everyMs'> & Readonly<{tab: NetworkTab; client: TabReads}>) {
		super({...options, everyMs, observe: (view, signal) => observeTab(tab, {client, view, clock: options.clock}, signal)});
	}
}
