import type {AppState} from '../core/app-state.ts';
import {topScreen} from '../core/app-state.ts';
import type {Clock} from '../core/clock.ts';
import type {StreamState} from '../core/feed.ts';
import {rowsOf} from '../core/frame-rows.ts';
import type {Glyphs} from '../core/glyphs.ts';
import {plain} from '../core/line.ts';
import type {PageSetting} from '../core/page.ts';
import type {MaskOptions} from '../core/share/mask-text.ts';
import type {PageScreen, Screen, TableScreen} from '../core/screen.ts';
import type {View} from '../core/view.ts';
import type {Viewport} from '../core/viewport.ts';
import type {Session} from '../store/session.ts';
import {splitShown} from './frame/split.ts';
import {KeptSources} from './kept-sources.ts';
import type {PageSource} from './page-source.ts';
import {pageSource} from './page-sources.ts';
import {type TableSettings, TableSource} from './table-source.ts';

export type StageOptions = Readonly<{clock: Clock; glyphs: Glyphs; changed(): void; settings: TableSettings; pageTools: Parameters<typeof pageSource>[1]}>;

/** Keeps what the screen on top needs open, and makes its view. One at a time: what is left behind lingers in the store. */
export class Stage implements Disposable {
	readonly #options: StageOptions;
	#session: Session | undefined;
	#table: TableSource | undefined;
	#page: {type: PageScreen['type']; key: string; source: PageSource} | undefined;
	readonly #kept: KeptSources;
	readonly #pageTools: StageOptions['pageTools'];
	/** How often what feeds a page has said that something changed. */
	#told = 0;
	/** What the frozen page showed at the last look, and how often it was another. */
	#drawn: Readonly<{text: string | undefined; told: number; count: number}> = {text: undefined, told: 0, count: 0};

	constructor(options: StageOptions) {
		this.#options = options;
		const {pageTools} = options;
		this.#pageTools = {
			...pageTools,
			changed: () => {
				this.#told++;
				pageTools.changed();
			},
		};
		this.#kept = new KeptSources(options.clock);
	}

	/** Another cluster, or none. */
	adopt(session: Session | undefined): void {
		this[Symbol.dispose]();
		this.#session = session;
	}

	/**
	 * How often the data of the screen on top has changed, counted from wherever; samples of what is used come anyway and do not count.
	 * A page that does not count by itself is drawn for `now`, the moment at which it stands still, and compared; only while it is frozen.
	 */
	changes(state: AppState, viewport: Viewport, now: number): number {
		const own = this.#table?.changes() ?? this.#page?.source.changes?.();
		if (own !== undefined) return own;
		const {text, told, count} = this.#drawn;
		if (!state.frozen) this.#drawn = {text: undefined, told: this.#told, count};
		else if (text === undefined || told !== this.#told) {
			const drawn = pageText(this.#pageView(topScreen(state), this.#setting(state, viewport, now)));
			this.#drawn = {text: drawn, told: this.#told, count: count + Number(text !== undefined && text !== drawn)};
		}
		return this.#drawn.count;
	}

	/** Asks again what the page on screen asked only once. */
	reload(): void {
		this.#page?.source.reload?.();
	}

	/** A command for what feeds the page on screen. */
	command(command: string, words: readonly string[]): void {
		this.#page?.source.command?.(command, words);
	}

	/** What the top screen shows now. */
	view(state: AppState, viewport: Viewport, now: number, masks?: MaskOptions): View {
		const screen = topScreen(state);
		return screen.type === 'table' && this.#session
			? this.#tableView(screen, this.#session, state, viewport, now)
			: this.#pageView(screen, {...this.#setting(state, viewport, now), ...(masks === undefined ? {} : {masks})});
	}

	[Symbol.dispose](): void {
		this.#table?.[Symbol.dispose]();
		this.#table = undefined;
		this.#page?.source[Symbol.dispose]();
		this.#page = undefined;
		this.#kept[Symbol.dispose]();
	}

	#leavePage(): void {
		if (this.#page) this.#kept.leave(this.#page.key, this.#page.source);
		this.#page = undefined;
	}

	#tableView(screen: TableScreen, session: Session, state: AppState, viewport: Viewport, now: number): View {
		this.#leavePage();
		if (this.#table && !this.#table.fits(screen)) {
			this.#table[Symbol.dispose]();
			this.#table = undefined;
		}
		this.#table ??= new TableSource(
			{session, clock: this.#options.clock, glyphs: this.#options.glyphs, changed: this.#options.changed, settings: this.#options.settings},
			screen,
		);
		return this.#table.view(screen, {...this.#setting(state, viewport, now), split: splitShown(state, viewport)});
	}

	#pageView(screen: Screen, setting: PageSetting): View {
		this.#table?.[Symbol.dispose]();
		this.#table = undefined;
		const page: PageScreen = screen.type === 'table' ? {type: 'start', top: 0} : screen;
		const key = sourceKey(page);
		if (this.#page?.key !== key) {
			this.#leavePage();
			this.#page = {type: page.type, key, source: this.#kept.take(key) ?? pageSource(page, this.#pageTools, this.#session)};
		}
		const {source} = this.#page;
		const stream: StreamState | undefined = source.stream?.();
		return {type: 'page', page: source.page(page, setting), ...(stream === undefined ? {} : {stream})};
	}

	#setting(state: AppState, viewport: Viewport, now: number): PageSetting {
		const rows = rowsOf(viewport, state, {banner: this.#session?.client.context.demo ?? false, table: topScreen(state).type === 'table'});
		const screen = topScreen(state);
		// A log lays out only what is on screen, so it has to know that it has all of it.
		const isAlone = screen.type === 'logs' && screen.fullScreen && !state.prompt && !state.dialog;
		return {
			now,
			body: {columns: viewport.columns, rows: isAlone ? viewport.rows : rows.body},
			glyphs: this.#options.glyphs,
			times: state.times,
			offsetMinutes: -new Date(now).getTimezoneOffset(),
		};
	}
}

function pageText(view: View): string {
	if (view.type !== 'page') return '';
	const {head, fixed, lines} = view.page;
	return [head, ...fixed, ...lines.map(({line}) => line)].map(plain).join('\n');
}

/** Screens with the same key are fed by the same source. */
function sourceKey(page: PageScreen): string {
	if (page.type === 'object') return `${page.kind}|${page.ref.namespace ?? ''}|${page.ref.name}`;
	if (page.type === 'logs') return `logs|${JSON.stringify(page.target)}`;
	return page.type;
}
