import {type AppState, topScreen} from '../app-state.ts';
import type {Effect} from '../effect.ts';
import {policyLabels} from '../policy-level.ts';
import type {ObjectScreen, ObjectTab, Screen, TableScreen} from '../screen.ts';
import {plural} from '../text.ts';

/** What a screen is called in row 2. */
export type NameOf = (screen: Screen) => string;

/** One step of the user: the state before and after it, what it asks of the world, and the action's title where it was one. */
export type Step = Readonly<{before: AppState; after: AppState; effects: readonly Effect[]; title?: string | undefined}>;

/** What was done, in words for those who watch: `opened YAML of Pod web-1 in shop`. undefined: nothing that needs telling. */
export function didText({before, after, effects, title}: Step, nameOf: NameOf): string | undefined {
	const step = {before, after, effects};
	const told =
		answered(step) ?? travelled(step, nameOf) ?? changed(before, after) ?? switched(before, after) ?? effects.map(ofWorld).find(text => text !== undefined);
	if (told !== undefined) return told;
	const notice = effects.find(effect => effect.type === 'notice');
	// How it turned out says more than what the key is called.
	if (notice?.type === 'notice' && effects.some(({type}) => type === 'change' || type === 'switch')) return notice.text;
	// A prompt that opens, a message: both are on the screen.
	const isSeen = effects.every(
		({type}) => type === 'prompt' || type === 'edit' || type === 'close' || type === 'notice' || type === 'pending' || type === 'peel',
	);
	return isSeen ? undefined : title;
}

/** Does the screen become another one? Those who watch get a moment to see why. */
export function isJourney({before, after, effects}: Step): boolean {
	return !isSamePlace(topScreen(before), topScreen(after)) || effects.some(({type}) => type === 'context' || type === 'connect');
}

function isSamePlace(a: Screen, b: Screen): boolean {
	if (a.type === 'table' && b.type === 'table')
		return a.kind === b.kind && a.namespace === b.namespace && a.labelSelector === b.labelSelector && a.fieldSelector === b.fieldSelector;
	if (a.type === 'object' && b.type === 'object') return a.kind === b.kind && a.ref.name === b.ref.name && a.ref.namespace === b.ref.namespace;
	if (a.type === 'logs' && b.type === 'logs') return a.target === b.target;
	return a.type === b.type;
}

function answered({before, effects}: Step): string | undefined {
	if (before.dialog === undefined || effects[0]?.type !== 'close') return undefined;
	return `answered: ${effects.length > 1 ? before.dialog.confirm : before.dialog.keep}`;
}

function travelled({before, after, effects}: Step, nameOf: NameOf): string | undefined {
	const [was, is] = [topScreen(before), topScreen(after)];
	if (isSamePlace(was, is)) return undefined;
	return `${effects.map(wayOf).find(way => way !== undefined) ?? 'opened'} ${placeOf(is, nameOf)}`;
}

function wayOf(effect: Effect): string | undefined {
	if (effect.type === 'history') return effect.step < 0 ? 'went back to' : 'went forward to';
	return effect.type === 'peel' || effect.type === 'last-view' ? 'went back to' : undefined;
}

const tabWords: Readonly<Record<ObjectTab, string>> = {summary: '', yaml: 'YAML of ', events: 'Events of ', metrics: 'Metrics of ', related: 'Related of '};

function placeOf(screen: Screen, nameOf: NameOf): string {
	return screen.type === 'object' ? `${tabWords[screen.tab]}${objectName(screen)}` : nameOf(screen);
}

function objectName({ref}: ObjectScreen): string {
	return `${ref.kind} ${ref.name}${ref.namespace === undefined ? '' : ` in ${ref.namespace}`}`;
}

/** On the same screen: what of it is shown, and how. */
function changed(before: AppState, after: AppState): string | undefined {
	const [was, is] = [topScreen(before), topScreen(after)];
	if (was.type === 'table' && is.type === 'table') return changedTable(was, is, before, after);
	if (was.type === 'object' && is.type === 'object' && was.tab !== is.tab)
		return `opened ${is.tab === 'summary' ? 'Summary of ' : tabWords[is.tab]}${objectName(is)}`;
	if (was.type === 'logs' && is.type === 'logs' && was.follow !== is.follow) return is.follow ? 'followed the end of the log' : 'stopped following the log';
	if (was.type === 'table' || is.type === 'table' || was.search === is.search) return undefined;
	return is.search === undefined || is.search === '' ? 'ended the search' : `searched for ${is.search}`;
}

function changedTable(was: TableScreen, is: TableScreen, before: AppState, after: AppState): string | undefined {
	const isTyped = before.prompt?.kind === 'filter';
	// While it is typed the filter is in force already: it counts once the line is left.
	const filterBefore = isTyped ? before.prompt.before : was.filter;
	if (!(isTyped && after.prompt !== undefined) && filterBefore !== is.filter) return is.filter === '' ? 'took the filter off' : `filtered by ${is.filter}`;
	if (was.sort?.by !== is.sort?.by || was.sort?.descending !== is.sort?.descending)
		return is.sort === undefined ? 'sorted as at first' : `sorted by ${is.sort.by.toUpperCase()}${is.sort.descending ? ', largest first' : ''}`;
	if (was.faultsOnly !== is.faultsOnly) return is.faultsOnly ? 'showed faults only' : 'showed all rows again';
	if (was.wide !== is.wide) return is.wide ? 'showed all columns' : 'showed the usual columns';
	if (was.marks.length === is.marks.length) return undefined;
	return is.marks.length === 0 ? 'took the marks off' : `marked ${plural(is.marks.length, 'row')}`;
}

/** Beside the screens. */
function switched(before: AppState, after: AppState): string | undefined {
	if (after.dialog !== undefined && before.dialog === undefined) return `was asked: ${after.dialog.title}`;
	if (after.level !== before.level) return `set the level to ${policyLabels[after.level]}`;
	if (after.namespace !== before.namespace) return after.namespace === undefined ? 'went to all namespaces' : `went to namespace ${after.namespace}`;
	if (after.theme !== before.theme) return `took the theme ${after.theme}`;
	if (after.frozen !== before.frozen) return after.frozen ? 'froze the screen' : 'let the screen go on';
	if (after.pins.length > before.pins.length) return 'pinned the view as a tab';
	return undefined;
}

/** What others still have to do: it may fail, and the status row says so. */
function ofWorld(effect: Effect): string | undefined {
	switch (effect.type) {
		case 'copy':
			return `copies ${effect.what}`;
		case 'context':
			return `goes to context ${effect.name}`;
		case 'connect':
			return effect.demo === undefined ? 'opens another kubeconfig' : `opens the demo ${effect.demo}`;
		case 'level':
			return `sets the level to ${policyLabels[effect.level]}`;
		case 'export':
			return `exports the screen as ${effect.format}`;
		case 'record':
			return effect.on ? 'begins a recording' : 'ends the recording';
		case 'save':
			return `saves ${effect.what}`;
		case 'pipe':
			return `gives it to ${effect.command}`;
		default:
			return undefined;
	}
}
