import type {Check} from '../../../source/core/check.ts';
import type {ClusterClient} from '../../../source/core/cluster-client.ts';
import {networkScreen, viewOfScreen} from '../../../source/core/net/network-start.ts';
import {LiveNetwork} from '../../../source/store/net/live-network.ts';
import type {FakeClock} from '../../tools/fake-clock.ts';
import {catalogueOf, type labelled, type manyFeeds} from '../many-feeds.ts';

export type NetworkParts = Readonly<{
	clock: FakeClock;
	feeds: ReturnType<typeof manyFeeds>;
	kinds: ReadonlyArray<ReturnType<typeof labelled>>;
	screen: Parameters<typeof networkScreen>[0];
	check: Check;
	/** What the tab asks of the client beside its context and its clock. */
	client?: Partial<ClusterClient>;
}>;

/** The Network screen's model over feeds that the test delivers, with one check and no probes. */
export function openNetwork({clock, feeds, kinds, screen, check, client: more}: NetworkParts): LiveNetwork {
	const client = {context: {namespace: 'shop'}, skewMs: () => 0, level: () => 'read', ...more} as unknown as ClusterClient;
	const catalogue = catalogueOf(...kinds);
	return new LiveNetwork(
		{
			client,
			scopes: feeds.scopes,
			catalogue: () => catalogue,
			discovered: () => true,
			onCatalogue: () => () => {},
			clock,
			now: () => clock.now(),
			checks: [check],
			probes: [],
			random: () => 0.5,
		},
		viewOfScreen(networkScreen(screen)),
	);
}
