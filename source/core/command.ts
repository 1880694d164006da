import type {ActionContext} from './action.ts';
import type {Effect} from './effect.ts';

/** A word of the `:` prompt. Kinds and their aliases are commands by themselves and have no record. */
export type Command = Readonly<{
	name: string;
	aliases: readonly string[];
	usage: string;
	summary: string;
	/** What may stand as its first word. */
	choices?(context: CommandContext): readonly string[];
	run(words: readonly string[], context: CommandContext): readonly Effect[];
}>;

export type CommandContext = ActionContext &
	Readonly<{
		namespaces: readonly string[];
		contexts: readonly string[];
		themes: readonly string[];
		stories: readonly string[];
		quit: readonly Effect[];
	}>;
