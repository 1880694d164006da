import {topScreen} from '../app-state.ts';
import type {Effect} from '../effect.ts';
import type {Ref} from '../kubernetes.ts';
import {tableOf} from '../targets.ts';
import type {Frame} from '../view.ts';

/** What an action did, in words for those who watch: `YAML: Pod web-1 in shop`. */
export function didText(title: string, frame: Frame): string {
	const ref = focusedRef(frame);
	if (ref === undefined) return title;
	return `${title}: ${ref.kind} ${ref.name}${ref.namespace === undefined ? '' : ` in ${ref.namespace}`}`;
}

function focusedRef(frame: Frame): Ref | undefined {
	const screen = topScreen(frame.state);
	if (screen.type === 'object') return screen.ref;
	const table = tableOf(frame);
	if (!table) return undefined;
	const {rows} = table.view.snapshot;
	return (rows.find(({id}) => id === table.screen.cursor) ?? rows[0])?.ref;
}

const journeys: ReadonlySet<Effect['type']> = new Set<Effect['type']>(['open', 'go', 'replace', 'history', 'last-view', 'tab', 'context', 'connect']);

/** Does the screen become another one? Those who watch get a moment to see why. */
export function isJourney(effects: readonly Effect[]): boolean {
	return effects.some(({type}) => journeys.has(type));
}
