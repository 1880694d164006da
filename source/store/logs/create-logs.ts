import type {Live} from '../../core/live.ts';
import type {LogsModel} from '../../core/logs/logs-model.ts';
import {LiveLogs} from './live-logs.ts';
import type {LogsOptions} from './logs-options.ts';

/** A log view. `retryNow` ends every wait for a next try. */
export type Logs = Live<LogsModel> & Readonly<{retryNow(): void}>;

/**
 * The logs of a target, live: reading begins with the first subscriber and ends with the last. What was read stays in `snapshot()`;
 * a new subscriber afterwards begins again.
 */
export function createLogs(options: LogsOptions): Logs {
	return new LiveLogs(options);
}
