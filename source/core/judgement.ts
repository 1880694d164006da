import type {Item, KubeObject} from './kubernetes.ts';
import type {ResourceKind} from './resource-kind.ts';
import type {CellContext, Column} from './table.ts';
import type {Tone} from './tone.ts';

/**
 * The state of one object: its tone, the word of its STATUS, since when, and why it is not well. `troubledSince`: it is not well
 * since then, which is no time to stand behind the word. Rules: screens.md 7.
 */
export type Judgement = Readonly<{tone: Tone; word: string; since?: number; why?: string; troubledSince?: number}>;
export type Judge<O extends KubeObject = KubeObject> = (item: Item<O>, context: CellContext) => Judgement;

const troubled = new Set<Tone>(['error', 'warning', 'unknown']);

/** The `tone`, `why` and `since` of a kind, from the same judgement as its STATUS column, so that they cannot disagree. */
export function judged<O extends KubeObject>(judge: Judge<O>): Required<Pick<ResourceKind<O>, 'tone' | 'why' | 'since'>> {
	return {
		tone: (item, context) => judge(item, context).tone,
		why: (item, context) => {
			const {tone, word, why} = judge(item, context);
			return troubled.has(tone) ? (why ?? word) : undefined;
		},
		since: (item, context) => {
			const {since, troubledSince} = judge(item, context);
			return troubledSince ?? since;
		},
	};
}

/** The STATUS column of a judgement: never dropped, drawn with the row's tone. */
export function statusColumn<O extends KubeObject>(judge: Judge<O>): Column<O> {
	return {
		id: 'status',
		title: 'STATUS',
		priority: 1,
		width: {min: 8, ideal: 20},
		cell(item, context) {
			const {word, since} = judge(item, context);
			return since === undefined ? {type: 'text', text: word} : {type: 'text', text: word, since};
		},
	};
}

/** An object on its way out is that, whatever else it is; undefined for the others. */
export function leaving(item: Item): Judgement | undefined {
	return item.meta.deletionTimestamp === undefined ? undefined : {tone: 'terminating', word: 'Terminating'};
}
