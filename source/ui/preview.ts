import type {Clock} from '../core/clock.ts';
import type {Line} from '../core/line.ts';
import type {PageSetting} from '../core/page.ts';
import type {ResourceType} from '../core/resource-type.ts';
import {objectTabsOf} from '../core/screen.ts';
import type {Row} from '../core/table.ts';
import type {ObjectModel} from '../core/object-model.ts';
import type {Live} from '../core/live.ts';
import {hasRoomForLog, previewLines} from '../pages/preview.ts';
import {LastLogReader} from '../store/logs/last-log-reader.ts';
import {createObject} from '../store/object.ts';
import type {Session} from '../store/session.ts';

/** The preview follows the cursor when it has rested for this long (screens.md 2). */
const restMs = 150;

export type PreviewOptions = Readonly<{session: Session; clock: Clock; changed(): void}>;

type Shown = Readonly<{row: Row; live: Live<ObjectModel>; log: LastLogReader; leave(): void}>;

/**
 * The pane beside a table: the object under the cursor, opened once the cursor rests. The former object stays, under its own name,
 * until the next one has been read: the pane never blanks, and a held key does not draw it anew at every row.
 */
export class Preview implements Disposable {
	readonly #options: PreviewOptions;
	#wanted: string | undefined;
	#shown: Shown | undefined;
	#next: Shown | undefined;
	#resting: Disposable | undefined;

	constructor(options: PreviewOptions) {
		this.#options = options;
	}

	/** The pane for a row, or still that of the former one. */
	lines(type: ResourceType, row: Row, setting: PageSetting): readonly Line[] {
		if (this.#wanted !== row.id) this.#want(type, row);
		if (this.#next && this.#next.live.snapshot().data !== 'none') {
			this.#shown?.leave();
			this.#shown = this.#next;
			this.#next = undefined;
		}
		if (!this.#shown) return previewLines(undefined, row, type, setting);
		const shown = this.#shown;
		const model = this.#withLog(this.#measured(shown.live.snapshot(), setting.now), shown, setting);
		return previewLines(model, shown.row.id === row.id ? row : shown.row, type, setting);
	}

	/** No pane is shown: nothing need be watched for it. */
	rest(): void {
		this.#wanted = undefined;
		this.#resting?.[Symbol.dispose]();
		this.#next?.leave();
		this.#next = undefined;
		this.#shown?.leave();
		this.#shown = undefined;
	}

	[Symbol.dispose](): void {
		this.rest();
	}

	/** With what the table beside it has measured; nothing is asked for the pane alone. */
	#measured(model: ObjectModel, now: number): ObjectModel {
		const {usage} = this.#options.session;
		const reading = usage.metrics.reading();
		if (!objectTabsOf(model.ref).includes('metrics') || !reading.asked.pods) return model;
		return {...model, metrics: {reading, history: (key, of) => usage.metrics.ring(key).values(of, now)}};
	}

	/** With what its failed container wrote last, where there is room for it; the cursor has rested by then. */
	#withLog(model: ObjectModel, {log}: Shown, setting: PageSetting): ObjectModel {
		const lastLog = hasRoomForLog(setting) ? log.of(model.object) : undefined;
		return lastLog === undefined ? model : {...model, lastLog};
	}

	#want(type: ResourceType, row: Row): void {
		this.#wanted = row.id;
		// The cursor has moved on: the log that is being read is no longer looked at.
		this.#shown?.log[Symbol.dispose]();
		this.#next?.log[Symbol.dispose]();
		this.#resting?.[Symbol.dispose]();
		this.#resting = this.#options.clock.after(restMs, () => this.#open(type, row));
	}

	#open(type: ResourceType, row: Row): void {
		const {session, clock, changed} = this.#options;
		const live = createObject({
			scopes: session.scopes,
			client: session.client,
			catalogue: () => session.catalogue,
			clock,
			now: () => session.now(),
			serverVersion: () => session.version,
			type,
			ref: row.ref,
			related: false,
		});
		this.#next?.leave();
		const log = new LastLogReader(session.client.logs, changed);
		const unsubscribe = live.subscribe(changed);
		const leave = (): void => {
			unsubscribe();
			log[Symbol.dispose]();
		};
		this.#next = {row, live, log, leave};
		changed();
	}
}
