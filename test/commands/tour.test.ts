import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tour} from '../../source/commands/tour.ts';
import {commandContext, pageFrame} from '../tools/frames.ts';

test(':tour begins the walk through the story that is shown, and ends it', () => {
	const frame = pageFrame();
	const context = commandContext({...frame, head: {...frame.head, demoStory: 'crash-loop'}});
	assert.deepEqual(tour.run([], context), [{type: 'tour', place: {story: 'crash-loop', done: 0}}]);
	assert.deepEqual(tour.run(['off'], context), [{type: 'tour', place: undefined}]);
	assert.deepEqual(tour.run(['sideways'], context)[0]?.type, 'notice');
});

test(':tour outside of the demo says that there is none', () => {
	assert.deepEqual(tour.run([], commandContext())[0], {type: 'notice', tone: 'muted', text: 'There is a tour only in the demo: :demo opens it'});
});
