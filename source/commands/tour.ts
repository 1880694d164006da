import type {Command} from '../core/command.ts';
import {storyNamed} from '../core/story-names.ts';

export const tour: Command = {
	name: 'tour',
	aliases: [],
	usage: ':tour [on | off]',
	summary: 'The walk through the story of the demo: from its start, or no more',
	choices: () => ['on', 'off'],
	run([word = 'on'], {frame}) {
		const story = storyNamed(frame.head.demoStory);
		if (story === undefined) return [{type: 'notice', tone: 'muted', text: 'There is a tour only in the demo: :demo opens it'}];
		if (word === 'on') return [{type: 'tour', place: {story, done: 0}}];
		if (word === 'off') return [{type: 'tour', place: undefined}];
		return [{type: 'notice', tone: 'warning', text: `There is no tour ${word}. :tour on, or :tour off`}];
	},
};
