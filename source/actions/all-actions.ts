import type {Action} from '../core/action.ts';
import {copyActions} from './copy.ts';
import {exportActions} from './export.ts';
import {generalActions} from './general.ts';
import {goActions} from './go.ts';
import {logsActions} from './logs.ts';
import {moveActions} from './move.ts';
import {networkActions} from './network.ts';
import {objectActions} from './object.ts';
import {startActions} from './start.ts';
import {tableActions} from './table.ts';
import {topActions} from './top.ts';
import {viewActions} from './view.ts';

/** Everything a key can do; help, hint bar, palette and the `.` menu are made of this list. */
export const allActions: readonly Action[] = [
	...tableActions,
	...topActions,
	...objectActions,
	...logsActions,
	...networkActions,
	...generalActions,
	...goActions,
	...moveActions,
	...viewActions,
	...copyActions,
	...exportActions,
	...startActions,
];
