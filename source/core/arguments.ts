import type {ParsedFlags} from './flags.ts';
import {
	type CheckInvocation,
	type ConnectionWish,
	type Diagnostics,
	type Invocation,
	invocationLogLevels,
	type OutputFormat,
	outputFormats,
	type PrintInvocation,
	type ScreenInvocation,
	type ScreenWish,
	type Selection,
	type ShareWish,
	type ViewWish,
} from './invocation.ts';
import {proposal} from './proposal.ts';
import {shellWord} from './shell-word.ts';
import {storyNames} from './story-names.ts';
import {type ReadWish, readLogsWish, readNetWish, readTopWish, strayFlag, type Subcommand, subcommands} from './subcommands.ts';
import type {SortOrder} from './table.ts';
import {readTargets} from './targets-of-words.ts';

/** What the process stands in: a full screen needs a terminal on both sides, and one that can move its cursor. */
export type Surroundings = Readonly<{hasTerminal: boolean; isDumb: boolean}>;

/** A command line as a value; `refusal`: the one sentence for stderr, exit code 2. */
export type ReadArguments = Readonly<{ok: true; invocation: Invocation}> | Readonly<{ok: false; refusal: string}>;

type Flags = ParsedFlags['flags'];

class Refusal extends Error {}

/** What a command line asks for. `argv` is the original one, for the caption of `-o md`. */
export function readArguments(parsed: ParsedFlags, argv: readonly string[], surroundings: Surroundings): ReadArguments {
	try {
		return {ok: true, invocation: invocationOf(parsed, argv, surroundings)};
	} catch (error) {
		if (error instanceof Refusal) return {ok: false, refusal: error.message};
		throw error;
	}
}

function invocationOf({words, flags}: ParsedFlags, argv: readonly string[], surroundings: Surroundings): Invocation {
	if (flags.help) return {mode: 'help'};
	if (flags.version) return {mode: 'version'};
	const common = {connection: connectionOf(flags), diagnostics: diagnosticsOf(flags)};
	const format = formatOf(flags.output);
	const command = subcommands.find(word => word === words[0]);
	const stray = strayFlag(flags, flags.check ? undefined : command);
	if (stray !== undefined) throw new Refusal(stray);
	if (flags.check) return checkOf(common, words, format);
	if (command !== undefined) return subcommandOf(command, {common, words: words.slice(1), flags, argv, surroundings});
	const selection = selectionOf(words, flags);
	const prints = format !== undefined || flags.watch || flags.plain || !surroundings.hasTerminal || surroundings.isDumb;
	if (!prints) return screenOf(common, selection, flags);
	if (selection.targets.length === 0) throw new Refusal(nothingToPrint(format !== undefined || flags.watch || flags.plain, surroundings));
	return printOf({
		...common,
		mode: 'print',
		selection,
		format: format ?? 'text',
		watch: flags.watch,
		reveal: flags.reveal,
		headers: flags.headers,
		share: flags.share !== undefined,
		command: written(argv),
	});
}

/** The command line, quoted for a shell. */
function written(argv: readonly string[]): string {
	return ['k8tui', ...argv].map(shellWord).join(' ');
}

type Parts = Readonly<{common: Common; words: readonly string[]; flags: Flags; argv: readonly string[]; surroundings: Surroundings}>;

/** `logs`, `top`, `net`: the full screen on a terminal, lines for everything else. */
function subcommandOf(command: Subcommand, {common, words, flags, argv, surroundings}: Parts): Invocation {
	const format = formatOf(flags.output);
	const prints = format !== undefined || flags.follow || flags.plain || !surroundings.hasTerminal || surroundings.isDumb;
	const share = flags.share !== undefined;
	const view = viewOf(command, words, flags);
	if (!prints) return {...screenOf(common, {targets: [], allNamespaces: flags.allNamespaces}, flags), view};
	if (flags.watch)
		throw new Refusal(`--watch prints changes of a table; k8tui ${command} has none.${command === 'logs' ? ' --follow goes on with new lines.' : ''}`);
	if ('net' in view) {
		if (format !== undefined && format !== 'text' && format !== 'json' && format !== 'md')
			throw new Refusal(`k8tui net prints text, json or md, not ${format}.`);
		return {...common, mode: 'net', wish: view.net, format: format ?? 'text', readOnly: flags.readOnly, share, command: written(argv)};
	}
	if (format !== undefined && format !== 'text' && format !== 'json') throw new Refusal(`k8tui ${command} prints text or json, not ${format}.`);
	return 'logs' in view
		? {...common, mode: 'logs', wish: view.logs, format: format ?? 'text', share}
		: {...common, mode: 'top', wish: view.top, format: format ?? 'text', headers: flags.headers, share};
}

function viewOf(command: Subcommand, words: readonly string[], flags: Flags): ViewWish {
	if (command === 'logs') return {logs: wishOf(readLogsWish(words, flags))};
	if (command === 'top') return {top: wishOf(readTopWish(words, flags, flags.sort === undefined ? undefined : sortOf(flags.sort)))};
	return {net: wishOf(readNetWish(words, flags))};
}

function wishOf<T>(read: ReadWish<T>): T {
	if (!read.ok) throw new Refusal(read.refusal);
	return read.wish;
}

type Common = Readonly<{connection: ConnectionWish; diagnostics: Diagnostics}>;

function checkOf(common: Common, words: readonly string[], format: OutputFormat | undefined): CheckInvocation {
	const word = words[0];
	if (word !== undefined) throw new Refusal(`--check looks at the connection as a whole, so ${word} cannot stand beside it.`);
	if (format !== undefined && format !== 'text' && format !== 'json') throw new Refusal(`--check prints text or json, not ${format}.`);
	return {...common, mode: 'check', format: format ?? 'text'};
}

function screenOf(common: Common, selection: Selection, flags: Flags): ScreenInvocation {
	if (flags.reveal) throw new Refusal('--reveal goes with -o json or -o yaml; on the screen x decodes a Secret.');
	if (selection.targets.length > 1) throw new Refusal('The screen shows one view at a time. Name one, or add -o text to print them all.');
	if (flags.write && flags.readOnly) throw new Refusal('--write and --read-only exclude each other.');
	const level: ScreenWish['level'] = flags.readOnly ? 'read-only' : flags.write ? 'write' : undefined;
	const screen: ScreenWish = {
		...(level === undefined ? {} : {level}),
		...(flags.theme === undefined ? {} : {theme: flags.theme}),
		ascii: flags.ascii,
		motion: flags.motion,
		slow: flags.slow,
		...(flags.share === undefined ? {} : {share: shareOf(flags.share)}),
	};
	return {...common, mode: 'screen', selection, screen};
}

/** `--share`, `--share=ip,names`. */
function shareOf(text: string): ShareWish {
	const words = text.split(',').filter(word => word !== '');
	const unknown = words.find(word => word !== 'ip' && word !== 'names');
	if (unknown !== undefined) throw new Refusal(`--share masks ip and names besides secrets, not ${unknown}: write --share=ip,names.`);
	return {addresses: words.includes('ip'), names: words.includes('names')};
}

function printOf(invocation: PrintInvocation): PrintInvocation {
	const {format} = invocation;
	if (invocation.reveal && format !== 'json' && format !== 'yaml')
		throw new Refusal('--reveal goes with -o json or -o yaml; no other format shows the data of a Secret.');
	if (invocation.watch && format !== 'text' && format !== 'wide' && format !== 'jsonl')
		throw new Refusal(`--watch prints a line per change, which -o ${format} cannot. Choose -o text or -o jsonl.`);
	return invocation;
}

function nothingToPrint(asked: boolean, surroundings: Surroundings): string {
	if (asked) return 'Nothing to print: name a kind, such as k8tui pods -o wide.';
	const why = surroundings.hasTerminal ? 'This terminal has no full screen (TERM is dumb or not set)' : 'There is no terminal to draw on';
	return `${why}. Name a kind to print it once, such as k8tui pods, or run k8tui --check.`;
}

function connectionOf(flags: Flags): ConnectionWish {
	if (flags.as === undefined && (flags.asGroup.length > 0 || flags.asUid !== undefined))
		throw new Refusal('--as-group and --as-uid need --as USER beside them.');
	const demo = flags.demo === '' ? storyNames[0] : flags.demo;
	if (demo !== undefined && !storyNames.some(name => name === demo)) {
		throw new Refusal(`There is no demo story ${demo}.${proposal(demo, storyNames)} The stories are ${listed(storyNames)}.`);
	}
	if (demo !== undefined && (flags.context !== undefined || flags.kubeconfig !== undefined))
		throw new Refusal('--demo contacts no cluster, so --context and --kubeconfig cannot stand beside it.');
	return {
		...(flags.kubeconfig === undefined ? {} : {kubeconfig: flags.kubeconfig}),
		...(flags.context === undefined ? {} : {context: flags.context}),
		...(flags.namespace === undefined ? {} : {namespace: flags.namespace}),
		...(flags.as === undefined ? {} : {impersonate: {user: flags.as, groups: flags.asGroup, ...(flags.asUid === undefined ? {} : {uid: flags.asUid})}}),
		...(demo === undefined ? {} : {demo}),
		orDemo: flags.orDemo,
	};
}

function diagnosticsOf(flags: Flags): Diagnostics {
	const level = invocationLogLevels.find(name => name === flags.logLevel);
	if (flags.logLevel !== undefined && level === undefined) {
		throw new Refusal(
			`There is no log level ${flags.logLevel}.${proposal(flags.logLevel, invocationLogLevels)} The levels are ${listed(invocationLogLevels)}.`,
		);
	}
	return {
		...(level === undefined ? {} : {logLevel: level}),
		...(flags.logFile === undefined ? {} : {logFile: flags.logFile}),
		...(flags.profile === undefined ? {} : {profile: flags.profile}),
	};
}

function formatOf(output: string | undefined): OutputFormat | undefined {
	const format = outputFormats.find(name => name === output);
	if (output !== undefined && format === undefined)
		throw new Refusal(`There is no output format ${output}.${proposal(output, outputFormats)} The formats are ${listed(outputFormats)}.`);
	return format;
}

function selectionOf(words: readonly string[], flags: Flags): Selection {
	const read = readTargets(words);
	if (!read.ok) throw new Refusal(read.refusal);
	const named = read.targets.find(target => target.name !== undefined);
	if (named !== undefined && flags.allNamespaces)
		throw new Refusal(`${named.kind}/${named.name} has to be looked up in one namespace: give it with -n instead of -A.`);
	if (named !== undefined && (flags.selector !== undefined || flags.fieldSelector !== undefined))
		throw new Refusal('A name and a selector exclude each other.');
	const sort = flags.sort === undefined ? undefined : sortOf(flags.sort);
	return {
		targets: read.targets,
		allNamespaces: flags.allNamespaces,
		...(flags.selector === undefined ? {} : {labelSelector: flags.selector}),
		...(flags.fieldSelector === undefined ? {} : {fieldSelector: flags.fieldSelector}),
		...(flags.filter === undefined ? {} : {filter: flags.filter}),
		...(sort === undefined ? {} : {sort}),
	};
}

function sortOf(text: string): SortOrder {
	const [, sign, column = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
	if (column === '') throw new Refusal('--sort needs a column: --sort=restarts, or --sort=-restarts for the largest first.');
	return {by: column.toLowerCase(), descending: sign === '-'};
}

function listed(words: readonly string[]): string {
	return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
