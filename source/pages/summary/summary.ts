import type {KubeObject} from '../../core/kubernetes.ts';
import type {ObjectModel, Related} from '../../core/object-model.ts';
import type {PageLine, PageSetting} from '../../core/page.ts';
import type {Tone} from '../../core/tone.ts';

/** A name and a value on the Summary. With a target the line can take the cursor and Enter opens it. */
export type Fact = Readonly<{name: string; value: string; tone?: Tone; target?: Related | undefined}>;

/** Lines under a title, or a table that brings its own head (title undefined). */
export type Block = Readonly<{title?: string; lines: readonly PageLine[]}>;

/** What one kind of object shows beside what every object shows: names with values, blocks, and more words on why it is not well. */
export type Summary = Readonly<{facts?: readonly Fact[]; blocks?: readonly Block[]; why?: readonly string[]}>;

export type SummaryContext = Readonly<{object: KubeObject; model: ObjectModel; setting: PageSetting}>;

/** Pure: the summary of one family of kinds. */
export type Summarize = (context: SummaryContext) => Summary;

/** A fact whose value is there; nothing otherwise. */
export function fact(name: string, value: string | undefined, more: Readonly<{tone?: Tone; target?: Related | undefined}> = {}): readonly Fact[] {
	return value === undefined || value === '' ? [] : [{name, value, ...more}];
}

/** What the object has to do with in this way, by name where several do. */
export function relatedAs(model: ObjectModel, relation: string, name?: string): Related | undefined {
	return model.related.find(related => related.relation === relation && related.kind !== '' && (name === undefined || related.ref.name === name));
}
