import type {Clock} from '../core/clock.ts';
import type {Line} from '../core/line.ts';
import type {PageSetting} from '../core/page.ts';
import type {ResourceType} from '../core/resource-type.ts';
import type {Row} from '../core/table.ts';
import type {ObjectModel} from '../core/object-model.ts';
import type {Live} from '../core/live.ts';
import {previewLines} from '../pages/preview.ts';
import {createObject} from '../store/object.ts';
import type {Session} from '../store/session.ts';

/** The preview follows the cursor when it has rested for this long (screens.md 2). */
const restMs = 150;

export type PreviewOptions = Readonly<{session: Session; clock: Clock; changed(): void}>;

/** The pane beside a table: the object under the cursor, opened only once the cursor rests. */
export class Preview implements Disposable {
	readonly #options: PreviewOptions;
	#wanted: string | undefined;
	#shown: {id: string; live: Live<ObjectModel>; leave: () => void} | undefined;
	#resting: Disposable | undefined;

	constructor(options: PreviewOptions) {
		this.#options = options;
	}

	/** The pane for a row. While the cursor moves it shows the row's own cells, and the rest when it is there. */
	lines(type: ResourceType, row: Row, setting: PageSetting): readonly Line[] {
		if (this.#wanted !== row.id) this.#want(type, row);
		const model = this.#shown?.id === row.id ? this.#shown.live.snapshot() : undefined;
		return previewLines(model, row, type, setting);
	}

	/** No pane is shown: nothing need be watched for it. */
	rest(): void {
		this.#wanted = undefined;
		this.#close();
	}

	[Symbol.dispose](): void {
		this.rest();
	}

	#want(type: ResourceType, row: Row): void {
		this.#wanted = row.id;
		this.#resting?.[Symbol.dispose]();
		this.#resting = this.#options.clock.after(restMs, () => this.#open(type, row));
	}

	#open(type: ResourceType, row: Row): void {
		this.#close();
		const {session, clock, changed} = this.#options;
		const live = createObject({scopes: session.scopes, client: session.client, catalogue: () => session.catalogue, clock, now: () => session.now(), serverVersion: () => session.version, type, ref: row.ref, related: false});
		this.#shown = {id: row.id, live, leave: live.subscribe(changed)};
		changed();
	}

	#close(): void {
		this.#resting?.[Symbol.dispose]();
		this.#shown?.leave();
		this.#shown = undefined;
	}
}
