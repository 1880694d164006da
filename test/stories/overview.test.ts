import {story} from '../tools/story.ts';

const sizes = [
	[80, 24],
	[140, 40],
] as const;

for (const scenario of ['healthy', 'no-endpoints', 'oom-eviction']) story(`overview-${scenario}`, {scenario, sizes});

story('overview-cursor', {scenario: 'oom-eviction', steps: ['jjjjjjj']});
story('demo-banner', {scenario: 'oom-eviction', demo: true, sizes});
story('first-start', {
	scenario: 'none',
	sizes: [
		[80, 24],
		[60, 15],
	],
});
