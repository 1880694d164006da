import {story} from '../tools/story.ts';

const sizes = [
	[80, 24],
	[140, 40],
] as const;

story('contexts', {steps: [':ctx<enter>'], sizes});
story('calls', {steps: [':pods<enter>', ':api<enter>'], sizes});
story('help-overview', {steps: ['?']});
story('help-table', {steps: [':pods<enter>', '?'], sizes});
story('help-searched', {steps: [':pods<enter>', '?', '/copy<enter>']});
story('aliases', {steps: ['<c-a>'], sizes});
story('notices', {steps: ['x', ':nothing<enter>', ':notices<enter>']});
