import {topScreen} from '../core/app-state.ts';
import {LogReading} from '../core/logs/log-reading.ts';
import type {LogsModel} from '../core/logs/logs-model.ts';
import type {Page, PageSetting} from '../core/page.ts';
import type {LogsScreen} from '../core/screen.ts';
import {logsCommand} from '../pages/logs-commands.ts';
import type {LogsFacts} from '../pages/logs-facts.ts';
import {logsPage} from '../pages/logs.ts';
import {createLogs, type Logs} from '../store/logs/create-logs.ts';
import type {Session} from '../store/session.ts';
import type {PageSource, PageTools} from './page-source.ts';

/** Lines a view holds at most, unless the settings say otherwise (kube-api.md 7). */
const usualLimit = 20_000;

/** Feeds the Logs screen while it is shown. */
export function logsSource(screen: LogsScreen, tools: PageTools, session: Session): PageSource {
	const feed = new LogsFeed(screen, tools, session);
	return {
		page: (current, setting) => (current.type === 'logs' ? feed.page(current, setting) : feed.page(screen, setting)),
		stream: () => feed.model().stream,
		changes: () => feed.model().counters.received,
		reload: () => feed.reload(),
		command: (command, words) => feed.command(command, words),
		rest: isResting => feed.rest(isResting),
		[Symbol.dispose]: () => feed[Symbol.dispose](),
	};
}

type Opened = Readonly<{key: string; logs: Logs; leave(): void}>;

/** What is read now, understood line by line, and what was read before until that has an answer. */
class LogsFeed implements Disposable {
	readonly #tools: PageTools;
	readonly #session: Session;
	readonly #limit: number;
	readonly #reading = new LogReading();
	#shown: Opened;
	#next: Opened | undefined;
	#facts: LogsFacts | undefined;
	#isResting = false;
	/** The screen as it was when this began: what it says of single records is about those of a feed before this one. */
	readonly #first: LogsScreen;

	constructor(screen: LogsScreen, tools: PageTools, session: Session) {
		this.#tools = tools;
		this.#session = session;
		this.#limit = tools.logLines ?? usualLimit;
		this.#first = screen;
		this.#shown = this.#open(screen);
	}

	model(): LogsModel {
		return this.#shown.logs.snapshot();
	}

	rest(isResting: boolean): void {
		this.#isResting = isResting;
	}

	page(given: LogsScreen, setting: PageSetting): Page {
		const screen = this.#own(given);
		this.#want(screen);
		const model = this.model();
		this.#facts = {model, rows: this.#reading.read(model.records, screen), screen, setting, limit: this.#limit};
		return logsPage(this.#facts);
	}

	command(command: string, words: readonly string[]): void {
		const top = topScreen(this.#tools.state());
		if (!this.#facts || top.type !== 'logs') return;
		const screen = this.#own(top);
		// Keys of one chunk follow each other without a frame between: each sees what the one before has changed.
		const facts = {...this.#facts, screen, rows: this.#reading.read(this.#facts.model.records, screen)};
		const effects = logsCommand(command, words, {...facts, records: () => this.#reading.shownRecords()});
		if (effects.length > 0) this.#tools.dispatch(effects);
	}

	reload(): void {
		this.#shown.logs.retryNow();
		this.#next?.logs.retryNow();
	}

	[Symbol.dispose](): void {
		this.#next?.leave();
		this.#shown.leave();
	}

	/** Records are numbered by each feed: marks and what was cleared in one that has ended mean nothing here. */
	#own(screen: LogsScreen): LogsScreen {
		const {clearedBefore, marks, detail} = this.#first;
		return {
			...screen,
			...(screen.clearedBefore === clearedBefore ? {clearedBefore: 0} : {}),
			...(screen.marks === marks ? {marks: []} : {}),
			...(screen.detail === detail ? {detail: undefined} : {}),
		};
	}

	/** Another question opens another log; the former one stays on screen until that has something to show. */
	#want(screen: LogsScreen): void {
		const key = keyOf(screen);
		if ((this.#next ?? this.#shown).key !== key) {
			this.#next?.leave();
			this.#next = undefined;
			if (this.#shown.key !== key) this.#next = this.#open(screen);
		}
		if (!this.#next || !hasAnswer(this.#next.logs.snapshot())) return;
		this.#shown.leave();
		this.#shown = this.#next;
		this.#next = undefined;
	}

	#open(screen: LogsScreen): Opened {
		const {session, tools} = {session: this.#session, tools: this.#tools};
		const {target, container, range, fromTime, previous} = screen;
		const logs = createLogs({
			client: session.client,
			scopes: session.scopes,
			catalogue: () => session.catalogue,
			onCatalogue: changed => session.onChange(changed),
			clock: tools.clock,
			now: () => session.now(),
			random: Math.random,
			target,
			range: fromTime === undefined ? range : {fromTime},
			previous,
			events: true,
			maxRecords: this.#limit,
			...(container === undefined ? {} : {containers: {type: 'named', name: container}}),
		});
		return {key: keyOf(screen), logs, leave: logs.subscribe(() => this.#isResting || tools.changed())};
	}
}

/** What has to be read anew when it changes. */
function keyOf({container, range, fromTime, previous}: LogsScreen): string {
	return JSON.stringify([container, range, fromTime, previous]);
}

function hasAnswer({records, sources, problem}: LogsModel): boolean {
	return records.length > 0 || problem !== undefined || (sources.length > 0 && sources.every(({state}) => state !== 'opening'));
}
