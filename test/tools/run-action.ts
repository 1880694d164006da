import type {Action, ActionContext} from '../../source/core/action.ts';
import {allActions} from '../../source/actions/all-actions.ts';
import type {Effect} from '../../source/core/effect.ts';

/** The action with that id. Throws where there is none. */
export function actionOf(id: string): Action {
	const found = allActions.find(action => action.id === id);
	if (!found) throw new Error(`There is no action ${id}`);
	return found;
}

/** What it does there; what it says instead where it cannot be done. */
export function runAction(id: string, context: ActionContext): readonly Effect[] | string {
	const action = actionOf(id);
	return action.disabled?.(context) ?? action.run(context);
}
