import type {TopScreen} from '../screen.ts';
import {type TopLevel, topRowPrefix, type TopView} from './top-view.ts';

/** A Top screen as it is first seen. */
export function topScreenOf(view: Partial<TopView> = {}): TopScreen {
	return {type: 'top', top: 0, level: 'nodes', sort: 'cpu', descending: true, bestEffort: false, units: 'quantity', cursor: topRowPrefix, ...view};
}

/** The same at another level: what narrows pods holds at the levels that are made of pods. */
export function atLevel(screen: TopScreen, level: TopLevel): TopScreen {
	const {cursor: _cursor, pod, search: _search, ...rest} = screen;
	return {...rest, level, top: 0, cursor: topRowPrefix, ...(pod !== undefined && level === 'containers' ? {pod} : {})};
}
