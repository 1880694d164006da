import type {TopScreen} from '../core/screen.ts';
import type {Session} from '../store/session.ts';
import type {PageSource, PageTools} from './page-sources.ts';

/** Feeds the Top screen while it is shown. */
export function topSource(_screen: TopScreen, _tools: PageTools, _session: Session): PageSource {
	return {
		page: () => ({crumb: 'Top', head: [], fixed: [], lines: [], hints: []}),
		[Symbol.dispose]: () => {},
	};
}
