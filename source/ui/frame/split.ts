import type {AppState} from '../../core/app-state.ts';
import type {Viewport} from '../../core/viewport.ts';

/** The least cells a preview takes, and its part of a wide terminal. */
const leastPreview = 54;
const previewShare = 0.385;
/** From here on there is room for both. */
const leastSplit = 100;
const splitByItself = 140;

/** Is the preview pane shown? By itself from 140 columns; from 100 it can be turned on. */
export function splitShown(state: Pick<AppState, 'split'>, viewport: Viewport): boolean {
	return viewport.columns >= leastSplit && (state.split ?? viewport.columns >= splitByItself);
}

/** The column at which the preview begins in a terminal of that width. */
export function splitAt(columns: number): number {
	return Math.max(46, columns - Math.max(leastPreview, Math.floor(columns * previewShare)));
}
