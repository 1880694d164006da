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

/** The story that a text names, with or without a parameter: `ten-thousand-pods:500`. */
export function storyNamed(text: string | undefined): StoryName | undefined {
	const name = text?.split(':')[0];
	return storyNames.find(story => story === name);
}
