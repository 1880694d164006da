import {story} from '../tools/story.ts';

const scenario = 'oom-eviction';
const sizes = [
	[80, 24],
	[140, 40],
] as const;

story('top-nodes', {scenario, steps: [':top<enter>'], sizes: [...sizes, [60, 15]]});
story('top-nodes-pressed', {scenario, steps: [':top<enter>', 'MG'], sizes});
story('top-pods', {scenario, steps: [':top pods -A<enter>', 'jj'], sizes});
story('top-pods-percent', {scenario, steps: [':top pods shop<enter>', 'Mzn']});
story('top-pods-of-node', {scenario, steps: [':top<enter>', '<enter>']});
story('top-containers-of-pod', {scenario, steps: [':top pods shop<enter>', '<enter>']});
story('top-workloads', {scenario, steps: [':top workloads -A<enter>'], sizes});
story('top-namespaces', {scenario, steps: [':top namespaces<enter>']});
story('top-after-five-minutes', {scenario, living: true, steps: [':top<enter>', app => app.pass(300_000)], sizes});
story('top-denied', {scenario, as: 'nobody', steps: [':top<enter>']});
story('pod-metrics', {scenario, steps: [':pods<enter>', '/web<enter>', '<enter>5'], sizes});
story('node-metrics', {scenario, steps: [':nodes<enter>', 'y5'], sizes});
story('pods-by-memory', {scenario, steps: [':pods -A<enter>', 'M'], sizes});
story('pods-filtered-by-cpu', {scenario, steps: [':pods -A<enter>', '/cpu>150m mem>=1Gi<enter>']});
