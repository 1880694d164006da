import {story} from '../tools/story.ts';

const scenario = 'oom-eviction';
const sizes = [
	[80, 24],
	[140, 40],
] as const;

story('pods', {scenario, steps: [':pods<enter>'], sizes});
story('pods-healthy', {
	steps: [':pods -A<enter>'],
	sizes: [
		[80, 24],
		[300, 90],
	],
});
story('pods-preview-fault', {
	scenario,
	steps: [':pods<enter>', 'jjjjjjj'],
	sizes: [
		[140, 40],
		[100, 30],
	],
});
story('pods-wide', {
	scenario,
	steps: [':pods<enter>', 'zw'],
	sizes: [
		[80, 24],
		[200, 30],
	],
});
story('pods-scrolled', {scenario, steps: [':pods<enter>', '>>>']});
story('pods-marked', {scenario, steps: [':pods<enter>', '<space><space>jj<space>', 'T']});
story('pods-faults', {scenario, steps: [':pods<enter>', '!']});
story('pods-filtered', {scenario, steps: [':pods<enter>', '/status!=Running<enter>'], sizes});
for (const kind of ['deployments', 'services', 'nodes', 'events', 'namespaces', 'secrets', 'persistentvolumeclaims', 'httproutes', 'leases', 'jobs'])
	story(`${kind}`, {scenario, steps: [`:${kind}<enter>`], sizes});
story('custom-kind', {steps: [':backups -A<enter>']});
story('pods-of-deployment', {scenario, steps: [':deployments<enter>', 'jj<enter>']});
