/** The stories of the embedded demo cluster; the first is told when none is named. */
export const storyNames = [
	'healthy',
	'crash-loop',
	'oom-eviction',
	'noisy-logs',
	'no-endpoints',
	'dns-same-node',
	'overlay-broken',
	'dns-upstream',
	'policy-blocks-dns',
	'ten-thousand-pods',
] as const;
export type StoryName = (typeof storyNames)[number];
