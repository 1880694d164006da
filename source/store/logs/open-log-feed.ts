import type {LogFeed, LogOutlet} from './log-feed.ts';
import type {LogsOptions} from './logs-options.ts';
import {NodeLogs} from './node-logs.ts';
import {PodLogs} from './pod-logs.ts';

/** Begins to read the logs of a target. */
export function openLogFeed(options: LogsOptions, outlet: LogOutlet): LogFeed {
	const {target} = options;
	return target.type === 'node' ? new NodeLogs(options, target, outlet) : new PodLogs(options, target, outlet);
}
