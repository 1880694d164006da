/** The stories of the embedded demo cluster; the first is told when none is named. */
export const storyNames = ['healthy', 'no-endpoints', 'oom-eviction', 'ten-thousand-pods'] as const;
export type StoryName = (typeof storyNames)[number];
