import type {LogsScreen} from '../core/screen.ts';
import type {Session} from '../store/session.ts';
import type {PageSource, PageTools} from './page-sources.ts';

/** Feeds the Logs screen while it is shown. */
export function logsSource(_screen: LogsScreen, _tools: PageTools, _session: Session): PageSource {
	return {
		page: () => ({crumb: 'Logs', head: [], fixed: [], lines: [], hints: []}),
		[Symbol.dispose]: () => {},
	};
}
