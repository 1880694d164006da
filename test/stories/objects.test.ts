import {story} from '../tools/story.ts';

const scenario = 'oom-eviction';
const sizes = [
	[80, 24],
	[140, 40],
] as const;
/** The crashing pod, third from the top among those at fault. */
const crashing = [':pods<enter>', '/checkout crash<enter>', 'd'];

story('pod-summary', {scenario, steps: crashing, sizes});
story('pod-yaml', {scenario, steps: [...crashing, '2'], sizes});
story('pod-yaml-search', {scenario, steps: [...crashing, '2', '/image<enter>', 'n']});
story('pod-events', {scenario, steps: [...crashing, '3'], sizes});
story('pod-related', {scenario, steps: [...crashing, '6'], sizes});
story('pod-containers', {scenario, steps: [':pods<enter>', '<enter>']});
story('deployment-summary', {scenario, steps: [':deployments<enter>', 'jjd']});
story('service-summary', {scenario: 'no-endpoints', steps: [':services<enter>', '/promo<enter>', 'd']});
story('service-related', {scenario: 'no-endpoints', steps: [':services<enter>', '/promo<enter>', 'u']});
story('node-summary', {scenario, steps: [':nodes<enter>', 'Gd'], sizes});
story('secret-summary', {steps: [':secrets<enter>', 'd']});
story('secret-yaml', {steps: [':secrets<enter>', 'y']});
story('secret-reveal-question', {steps: [':secrets<enter>', 'y', 'x']});
story('secret-yaml-shown', {steps: [':secrets<enter>', 'y', 'x', '<enter>']});
story('configmap-yaml', {steps: [':configmaps<enter>', 'y']});
story('missing-object', {steps: [':pod/nobody<enter>']});
story('object-full-screen', {scenario, steps: [...crashing, '2', 'f']});
