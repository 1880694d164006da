import {type Step, story} from '../tools/story.ts';

const scenario = 'oom-eviction';
const sizes = [
	[80, 24],
	[140, 40],
] as const;
/** Lines are put in order for half a second before they are shown. */
const settled: Step = app => app.pass(1000);
/** The logs of the Deployment that crashes. */
const logs = [':logs deploy/checkout<enter>', settled];

story('logs-deployment', {scenario, steps: logs, sizes});
story('logs-filtered', {scenario, steps: [...logs, ':filter level>=warn -health around=1<enter>', '/db_url<enter>'], sizes});
story('logs-paused', {scenario, steps: [...logs, 'e', 'kmjm']});
story('logs-columns', {scenario, steps: [':logs sts/payments<enter>', settled, 'zj', 'w']});
story('logs-line', {scenario, steps: [':logs sts/payments<enter>', settled, '<enter>']});
story('logs-small', {
	scenario,
	steps: logs,
	sizes: [
		[40, 10],
		[60, 15],
	],
});
story('logs-container', {scenario, steps: [':pods<enter>', '/checkout crash<enter>', '<enter>', '<enter>', settled]});
story('logs-previous', {scenario, steps: [':pods<enter>', '/checkout crash<enter>', 'p', settled]});
story('logs-tab', {scenario, steps: [':pods<enter>', '/checkout crash<enter>', 'd'], sizes});
story('logs-nothing', {scenario, steps: [':logs -l app=nobody<enter>']});
story('logs-full-screen', {scenario, steps: [...logs, 'f']});
story('logs-node', {scenario, steps: [':nodes<enter>', 'l', settled]});
story('logs-waiting', {scenario, steps: [':logs deploy/checkout<enter>']});
