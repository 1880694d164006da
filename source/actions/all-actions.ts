import type {Action} from '../core/action.ts';
import {copyActions} from './copy.ts';
import {generalActions} from './general.ts';
import {goActions} from './go.ts';
import {moveActions} from './move.ts';
import {objectActions} from './object.ts';
import {startActions} from './start.ts';
import {tableActions} from './table.ts';
import {viewActions} from './view.ts';

/** Everything a key can do; help, hint bar, palette and the `.` menu are made of this list. */
export const allActions: readonly Action[] = [
	...tableActions,
	...objectActions,
	...generalActions,
	...goActions,
	...moveActions,
	...viewActions,
	...copyActions,
	...startActions,
];
