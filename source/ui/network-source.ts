import type {NetworkScreen} from '../core/screen.ts';
import type {Session} from '../store/session.ts';
import type {PageSource, PageTools} from './page-sources.ts';

/** Feeds the Network screen while it is shown. */
export function networkSource(_screen: NetworkScreen, _tools: PageTools, _session: Session): PageSource {
	return {
		page: () => ({crumb: 'Network', head: [], fixed: [], lines: [], hints: []}),
		[Symbol.dispose]: () => {},
	};
}
