import type {LogRows} from '../core/logs/log-reading.ts';
import type {LogsModel} from '../core/logs/logs-model.ts';
import type {PageSetting} from '../core/page.ts';
import type {LogsScreen} from '../core/screen.ts';

/** What a log view is made of. */
export type LogsFacts = Readonly<{
	model: LogsModel;
	rows: LogRows;
	screen: LogsScreen;
	setting: PageSetting;
	/** Records that the buffer holds at most. */
	limit: number;
}>;
