import type {ContextInfo} from './cluster-client.ts';
import type {AppState} from './app-state.ts';
import type {StreamState} from './feed.ts';
import type {Item} from './kubernetes.ts';
import type {Line} from './line.ts';
import type {Page} from './page.ts';
import type {ResourceKind} from './resource-kind.ts';
import type {ResourceType} from './resource-type.ts';
import type {TableSnapshot} from './table.ts';
import type {Viewport} from './viewport.ts';

/** What the screen on top shows now: a table's rows, or a page. */
export type View =
	| Readonly<{
			type: 'table';
			resource: ResourceType;
			kind: ResourceKind;
			snapshot: TableSnapshot;
			/** The object behind a row. */
			item(id: string): Item | undefined;
			/** The pane beside the table, already fitted. */
			preview?: readonly Line[];
			/** In place of rows: why there are none. */
			instead?: readonly Line[];
			/** The filter being typed is wrong: what to say, and under which letter. */
			filterError?: Readonly<{at: number; message: string}>;
	  }>
	| Readonly<{type: 'page'; page: Page; stream?: StreamState}>;

/** What row 1 says of the cluster. */
export type HeadFacts = Readonly<{
	context: ContextInfo;
	version?: string;
	user?: string;
	/** Requests under way and streams open. */
	openRequests: number;
	demoStory?: string;
}>;

/** One whole screen as a value: drawn by ui/, and what a key press refers to. */
export type Frame = Readonly<{
	state: AppState;
	view: View;
	head: HeadFacts;
	viewport: Viewport;
	/** Server time, ms since the epoch. */
	now: number;
	/** While the screen is frozen: changes of its data since, which it does not show yet. */
	waiting?: number;
	/** Completions or palette lines under the open prompt. */
	choices: ReadonlyArray<Readonly<{text: string; note: string; ghost?: boolean}>>;
}>;
