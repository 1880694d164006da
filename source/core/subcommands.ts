import {probeWays} from './net/probe/probe-plan.ts';
import {parseHumanDuration} from './age.ts';
import {readRegex} from './logs/read-regex.ts';
import type {ParsedFlags} from './flags.ts';
import type {LogsWish, NetWish, TopWish} from './invocation.ts';
import {proposal} from './proposal.ts';
import type {SortOrder} from './table.ts';
import {topLevelOf, topOwnerOf} from './top/top-start.ts';
import {topLevels} from './top/top-view.ts';
import {readTargets} from './targets-of-words.ts';

type Flags = ParsedFlags['flags'];
/** The wish, or the one sentence that says what is wrong with the words. */
export type ReadWish<T> = Readonly<{ok: true; wish: T}> | Readonly<{ok: false; refusal: string}>;

/** Words that begin a command with flags of its own. */
export const subcommands = ['logs', 'top', 'net'] as const;
export type Subcommand = (typeof subcommands)[number];

/** Which command lines a flag belongs to; one that is not named here belongs to every view. */
const owners: ReadonlyArray<readonly [keyof Flags, string, readonly Subcommand[]]> = [
	['container', '--container', ['logs']],
	['allContainers', '--all-containers', ['logs']],
	['since', '--since', ['logs']],
	['tail', '--tail', ['logs']],
	['previous', '--previous', ['logs']],
	['follow', '--follow', ['logs']],
	['include', '--include', ['logs']],
	['exclude', '--exclude', ['logs']],
	['level', '--level', ['logs']],
	['events', '--events', ['logs']],
	['from', '--from', ['net']],
	['to', '--to', ['net']],
	['port', '--port', ['net']],
	['name', '--name', ['net']],
	['whatIf', '--what-if', ['net']],
	['probe', '--probe', ['net']],
	['image', '--image', ['net']],
];

/** The sentence about a flag that does not belong to this command line; undefined where all do. */
export function strayFlag(flags: Flags, command: Subcommand | undefined): string | undefined {
	for (const [key, name, commands] of owners) {
		const value = flags[key];
		const given = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
		if (given && (command === undefined || !commands.includes(command))) return `${name} goes with k8tui ${commands.join(' and k8tui ')} only.`;
	}
	return undefined;
}

/** `k8tui logs [pod | kind/name]`: at most one target, or a selector. */
export function readLogsWish(words: readonly string[], flags: Flags): ReadWish<LogsWish> {
	const target = words.length === 1 && words[0]?.includes('/') === false ? {ok: true as const, targets: [{kind: 'pods', name: words[0]}]} : readTargets(words);
	if (!target.ok) return target;
	const [first, ...more] = target.targets;
	if (more.length > 0) return refused('k8tui logs follows one pod or owner at a time; several pods go by a selector: -l app=web.');
	if (first === undefined && flags.selector === undefined)
		return refused('Name whose logs: k8tui logs web-1, k8tui logs deploy/web, or k8tui logs -l app=web.');
	if (first !== undefined && flags.selector !== undefined) return refused('A name and a selector exclude each other.');
	if (first !== undefined && flags.allNamespaces) return refused('A name has to be looked up in one namespace: give it with -n instead of -A.');
	if (flags.container !== undefined && flags.allContainers) return refused('--container and --all-containers exclude each other.');
	if (flags.previous && flags.follow) return refused('The previous run has ended, so it cannot be followed: leave out --follow or --previous.');
	const sinceMs = flags.since === undefined ? undefined : sinceOf(flags.since);
	if (flags.since !== undefined && sinceMs === undefined) return refused(`${flags.since} is no duration. Write it as 30s, 15m, 2h or 1h30m.`);
	const tail = flags.tail === undefined ? undefined : Number(flags.tail);
	// kubectl takes -1 for all lines (kubectl logs --help).
	if (tail !== undefined && (!Number.isInteger(tail) || tail < -1)) return refused(`${flags.tail} is no number of lines.`);
	for (const pattern of [...flags.include, ...flags.exclude]) {
		const read = readRegex(pattern);
		if (!read.ok) return refused(`${pattern} is no regular expression: ${read.problem}.`);
	}
	const level = flags.level?.toLowerCase();
	if (level !== undefined && !logLevels.includes(level))
		return refused(`There is no level ${flags.level}.${proposal(level, logLevels)} The levels are ${logLevels.join(', ')}.`);
	return {
		ok: true,
		wish: {
			...(first === undefined ? {} : {target: first}),
			...(flags.selector === undefined ? {} : {labelSelector: flags.selector}),
			allNamespaces: flags.allNamespaces,
			...(flags.container === undefined ? {} : {container: flags.container}),
			allContainers: flags.allContainers,
			...(sinceMs === undefined ? {} : {sinceMs}),
			...(tail === undefined || tail < 0 ? {} : {tail}),
			previous: flags.previous,
			follow: flags.follow,
			include: flags.include,
			exclude: flags.exclude,
			...(level === undefined ? {} : {level}),
			events: flags.events,
		},
	};
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
/** `k8tui top [nodes|pods|containers|workloads|namespaces] [name]`; nodes where nothing is named. */
export function readTopWish(words: readonly string[], flags: Flags, sort: SortOrder | undefined): ReadWish<TopWish> {
	const [word = 'nodes', name, ...more] = words;
	const level = topLevelOf(word);
	if (level === undefined) return refused(`There is no top of ${word}.${proposal(word, topLevels)} It shows ${topLevels.join(', ')}.`);
	if (more.length > 0) return refused('k8tui top takes one name at most.');
	if (name?.includes('/') === true) return readTopPart({level, word: name, flags, sort});
	if (name !== undefined && (level === 'workloads' || level === 'namespaces')) return refused(`k8tui top ${level} takes no name: it shows all of them.`);
	if (name !== undefined && (flags.allNamespaces || flags.selector !== undefined)) return refused('A name stands alone: leave out -A and -l.');
	return {
		ok: true,
		wish: {
			level,
			...(name === undefined ? {} : {name}),
			allNamespaces: flags.allNamespaces,
			...(flags.selector === undefined ? {} : {labelSelector: flags.selector}),
			...(sort === undefined ? {} : {sort}),
		},
	};
}

type TopPart = Readonly<{level: TopWish['level']; word: string; flags: Flags; sort: SortOrder | undefined}>;

/** `node/n1`, `deploy/web`: what pods are narrowed to. A node's pods are of every namespace, unless one is given. */
function readTopPart({level, word, flags, sort}: TopPart): ReadWish<TopWish> {
	const [kind = '', name = '', ...more] = word.split('/');
	if (name === '' || more.length > 0) return refused(`${word} is no kind and name: node/n1, deploy/web.`);
	if (level === 'nodes') return refused(`k8tui top nodes takes the name of a node. What belongs to ${word} is shown by k8tui top pods ${word}.`);
	const owner = topOwnerOf(word);
	if (owner === undefined) return refused(`Pods belong to a node or to a workload, not to ${kind}: node/n1, deploy/web.`);
	const ofNode = owner.node !== undefined;
	if (!ofNode && flags.allNamespaces) return refused('A name has to be looked up in one namespace: give it with -n instead of -A.');
	return {
		ok: true,
		wish: {
			level,
			...owner,
			allNamespaces: flags.allNamespaces || (ofNode && flags.namespace === undefined),
			...(flags.selector === undefined ? {} : {labelSelector: flags.selector}),
			...(sort === undefined ? {} : {sort}),
		},
	};
}

const netViews = ['dns', 'path', 'policy', 'probe', 'routes'] as const;

/** `k8tui net dns|path|policy|probe|routes`; dns where nothing is named. */
export function readNetWish(words: readonly string[], flags: Flags): ReadWish<NetWish> {
	const [word = 'dns', destination, ...more] = words;
	const view = netViews.find(one => one === word || (one === 'probe' && word === 'probes'));
	if (view === undefined) return refused(`There is no net view ${word}.${proposal(word, netViews)} The views are ${netViews.join(', ')}.`);
	if (more.length > 0 || (destination !== undefined && view !== 'path')) return refused(`${more[0] ?? destination} cannot stand behind k8tui net ${view}.`);
	if (view === 'path' && destination === undefined) return refused('Name where to: k8tui net path web.shop:80, or a URL.');
	const probe = flags.probe === undefined ? undefined : probeWays.find(one => one === flags.probe);
	if (flags.probe !== undefined && probe === undefined) return refused(`There is no way to probe called ${flags.probe}. It is one of ${probeWays.join(', ')}.`);
	if (flags.image !== undefined && (probe === undefined || probe === 'exec')) return refused('--image goes with --probe ephemeral and --probe pod.');
	return {
		ok: true,
		wish: {
			view,
			...(destination === undefined ? {} : {destination}),
			...(flags.from === undefined ? {} : {from: flags.from}),
			...(flags.to === undefined ? {} : {to: flags.to}),
			...(flags.port === undefined ? {} : {port: flags.port}),
			...(flags.name === undefined ? {} : {name: flags.name}),
			...(flags.whatIf === undefined ? {} : {whatIf: flags.whatIf}),
			...(probe === undefined ? {} : {probe}),
			...(flags.image === undefined ? {} : {image: flags.image}),
			allNamespaces: flags.allNamespaces,
		},
	};
}

/** kubectl's `--since` is a Go duration: it knows neither weeks nor years. */
function sinceOf(text: string): number | undefined {
	return /[wy]/.test(text) ? undefined : parseHumanDuration(text);
}

function refused(refusal: string): Readonly<{ok: false; refusal: string}> {
	return {ok: false, refusal};
}
