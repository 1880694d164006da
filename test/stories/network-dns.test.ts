import {story} from '../tools/story.ts';
import type {TestApp} from '../tools/open-app.ts';

/** Until the kinds that the screen reads have come, and CoreDNS's logs and metrics. */
const read = async (app: TestApp): Promise<void> => await app.pass(3000);
/** Names and times that each run makes anew. */
const replaced = [
	[/k8tui-nx-\w+/g, 'k8tui-nx-0'],
	[/\d+(?:\.\d+)? ms/g, '1 ms'],
] as const;

story('network-dns', {
	scenario: 'healthy',
	sizes: [
		[80, 24],
		[140, 40],
	],
	steps: [':net dns<enter>', read],
	replaced,
});
story('network-dns-name', {scenario: 'healthy', steps: [':net dns<enter>', read, ':net name be-api.default.svc<enter>', read], replaced});
story('network-probes', {
	scenario: 'healthy',
	sizes: [
		[80, 24],
		[140, 40],
	],
	steps: [':net probe<enter>', read],
	replaced,
});
