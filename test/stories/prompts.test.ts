import {story} from '../tools/story.ts';

const scenario = 'oom-eviction';

for (const leader of ['g', 'z', 'Y'])
	story(`which-key-${leader === 'Y' ? 'copy' : leader}`, {
		scenario,
		steps: [':pods<enter>', leader],
		sizes: [
			[80, 24],
			[60, 15],
			[140, 40],
		],
	});
story('palette', {
	scenario,
	steps: [':pods<enter>', '<c-p>'],
	sizes: [
		[80, 24],
		[60, 15],
	],
});
story('palette-searched', {scenario, steps: [':pods<enter>', '<c-p>', 'sort', '<down>']});
story('palette-nothing', {scenario, steps: [':pods<enter>', '<c-p>', 'zzz']});
story('actions', {scenario, steps: [':pods<enter>', '.']});
story('command-empty', {scenario, steps: [':']});
story('command-completions', {scenario, steps: [':de']});
story('command-namespaces', {scenario, steps: [':ns ']});
story('command-labels', {scenario, steps: [':pods<enter>', ':pods -l ap']});
story('command-unknown', {scenario, steps: [':pdos<enter>']});
story('filter-open', {scenario, steps: [':pods<enter>', '/']});
story('filter-typing', {scenario, steps: [':pods<enter>', '/check']});
story('filter-error', {scenario, steps: [':pods<enter>', '/status!=Running<enter>', '/ restarts>5x']});
story('filter-unknown-column', {scenario, steps: [':pods<enter>', '/statsu=Running']});
story('mode-question', {scenario, steps: [':mode write<enter>']});
story('unknown-sequence', {
	scenario,
	steps: [':pods<enter>', 'gy'],
	sizes: [
		[80, 24],
		[40, 10],
	],
});
