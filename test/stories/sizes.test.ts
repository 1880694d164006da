import {story} from '../tools/story.ts';

const scenario = 'oom-eviction';
const sizes = [
	[60, 15],
	[40, 10],
	[39, 9],
	[300, 90],
] as const;

story('overview-sizes', {scenario, sizes});
story('pods-sizes', {scenario, steps: [':pods<enter>', 'jj'], sizes});
story('pod-summary-sizes', {scenario, steps: [':pods<enter>', 'jjd'], sizes});
story('no-header', {scenario, steps: [':pods<enter>', '<c-e><c-g>']});
