import type {ServerColumn} from './feed.ts';
import type {ResourceKind} from './resource-kind.ts';
import type {ResourceType} from './resource-type.ts';

/** The kinds of the connected cluster: what the server has, joined with what k8tui knows of them. */
export type Catalogue = Readonly<{
	types: readonly ResourceType[];
	/** By any word a user may type: plural, singular, kind, short name, alias, category. Empty: no such kind. */
	resolve(word: string): readonly ResourceType[];
	/** The preferred version under a qualified plural name (`pods`, `deployments.apps`). */
	find(qualifiedName: string): ResourceType | undefined;
	/** The type of an object by its apiVersion and kind. */
	ofObject(apiVersion: string, kind: string): ResourceType | undefined;
	/** Our record of it; without one the server's own columns. */
	kindOf(type: ResourceType, serverColumns: readonly ServerColumn[]): ResourceKind;
}>;
