import {type Step, story} from '../tools/story.ts';

/** What is only looked at is told once a second. */
const read: Step = app => app.pass(2500);

const sizes = [
	[80, 24],
	[140, 40],
] as const;

story('network-policy', {scenario: 'policy-blocks-dns', steps: [':ns shop<enter>', ':net policy<enter>', read], sizes});
story('network-policy-cell', {scenario: 'policy-blocks-dns', steps: [':ns shop<enter>', ':net policy<enter>', read, 'jjjllllllll']});
story('network-policy-namespaces', {scenario: 'healthy', steps: [':ns all<enter>', ':net policy<enter>', read], sizes});
story('network-routes', {scenario: 'healthy', steps: [':ns all<enter>', ':net routes<enter>', read], sizes});
story('network-routes-faults', {scenario: 'no-endpoints', steps: [':ns all<enter>', ':net routes<enter>', read, 'o'], sizes});
