import {type Step, story} from '../tools/story.ts';

/** What is only looked at is told once a second. */
const read: Step = app => app.pass(2500);

story('network-path-break', {
	scenario: 'no-endpoints',
	steps: [':net path promo.shop<enter>', read],
	sizes: [
		[80, 24],
		[140, 40],
	],
});
story('network-path-well', {
	scenario: 'healthy',
	steps: [':net path web.shop<enter>', read],
	sizes: [
		[80, 24],
		[140, 40],
	],
});
story('network-path-choose', {scenario: 'healthy', steps: [':net path<enter>', read]});
story('network-path-unknown', {scenario: 'healthy', steps: [':net path webb.shop<enter>', read]});
story('network-path-consent', {
	scenario: 'healthy',
	steps: [':net path web.shop<enter>', read, 'm'],
	sizes: [
		[80, 24],
		[140, 40],
	],
});
story('network-path-fix', {scenario: 'no-endpoints', steps: [':net path promo.shop<enter>', read, 'f']});
