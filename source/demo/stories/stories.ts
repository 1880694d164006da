import type {DemoStory} from '../story.ts';
import {crashLoop} from './crash-loop.ts';
import {dnsSameNode} from './dns-same-node.ts';
import {dnsUpstream} from './dns-upstream.ts';
import {healthy} from './healthy.ts';
import {noEndpoints} from './no-endpoints.ts';
import {noisyLogs} from './noisy-logs.ts';
import {oomEviction} from './oom-eviction.ts';
import {overlayBroken} from './overlay-broken.ts';
import {policyBlocksDns} from './policy-blocks-dns.ts';
import {tenThousandPods} from './ten-thousand-pods.ts';

/** The stories of `--demo`; the first is the default. */
export const stories: readonly DemoStory[] = [
	healthy,
	crashLoop,
	oomEviction,
	noisyLogs,
	noEndpoints,
	dnsSameNode,
	overlayBroken,
	dnsUpstream,
	policyBlocksDns,
	tenThousandPods,
];
