import type {Action, ActionContext} from '../core/action.ts';
import type {Effect} from '../core/effect.ts';

/** The way on with that digit, where the first-start screen offers it. */
function pick(context: ActionContext, digit: string): readonly Effect[] {
	const {view} = context.frame;
	const way = view.type === 'page' ? view.page.lines.find(({id}) => id === `way:${digit}`) : undefined;
	return way?.enter ?? [{type: 'notice', tone: 'muted', text: `There is no way ${digit} here`}];
}

const ways = ['1', '2', '3'].map(
	(digit): Action => ({
		id: `start.${digit}`,
		title: `The way on with ${digit}`,
		on: ['start'],
		keys: [digit],
		group: 'general',
		run: context => pick(context, digit),
	}),
);

/** Nothing was begun on this screen, so one key leaves it, as it says. */
const leave: Action = {id: 'start.quit', title: 'Quit', on: ['start'], keys: ['q'], group: 'general', run: () => [{type: 'quit'}]};

export const startActions: readonly Action[] = [...ways, leave];
