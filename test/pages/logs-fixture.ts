import type {LogSource, LogsModel} from '../../source/core/logs/logs-model.ts';
import {LogReading} from '../../source/core/logs/log-reading.ts';
import type {LogRecord} from '../../source/core/logs/log-record.ts';
import type {LogTarget} from '../../source/core/logs/log-target.ts';
import {logsScreen} from '../../source/core/logs/logs-start.ts';
import type {PageSetting} from '../../source/core/page.ts';
import type {LogsScreen} from '../../source/core/screen.ts';
import type {CommandFacts} from '../../source/pages/logs-commands.ts';
import {setting as settingOf} from './page-fixture.ts';

/** The evening of the drawings: 2026-01-14T14:02:31Z. */
export const now = Date.UTC(2026, 0, 14, 14, 2, 31);

export const owner: LogTarget = {type: 'owner', kind: 'deployments.apps', namespace: 'shop', name: 'checkout'};

export function sourceOf(pod: string, container: string, fields: Partial<LogSource> = {}): LogSource {
	const origin = {namespace: 'shop', pod: `checkout-5b8c9f7d66-${pod}`, container, restart: 0};
	return {origin, kind: 'container', state: 'live', hasPrevious: false, crashing: false, lines: 0, ...fields};
}

export function modelOf(records: readonly LogRecord[], fields: Partial<LogsModel> = {}): LogsModel {
	return {
		target: owner,
		records,
		version: 1,
		counters: {received: records.length, held: records.length, dropped: 0, bytes: 0},
		perSecond: 12,
		sources: ['xw8pl', '8r2vn'].map(pod => sourceOf(pod, 'app', {lines: records.length})),
		live: 2,
		stream: {state: 'live', lastEventAt: now},
		...fields,
	};
}

export function setting(columns: number, rows: number): PageSetting {
	return {...settingOf(columns, rows), now};
}

/** All that a log page is made of. */
export function factsOf(model: LogsModel, screen: Partial<LogsScreen> = {}, at: PageSetting = setting(80, 24)): CommandFacts {
	const reading = new LogReading();
	const whole = logsScreen(model.target, screen);
	return {model, rows: reading.read(model.records, whole), screen: whole, setting: at, limit: 5000, records: () => reading.shownRecords()};
}
