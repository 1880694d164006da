import {type AppState, topScreen} from './app-state.ts';
import {editorOf} from './editor.ts';
import type {StateEffect} from './effect.ts';
import {never} from './never.ts';
import type {LogsScreen, Screen} from './screen.ts';
import {isReached} from './tours/tour.ts';
import {tours} from './tours/tours.ts';

/** Views that `H` can go back to. */
const historyLength = 100;
const noticesKept = 200;
const commandsKept = 500;

/** The state after an effect. Pure; `now` is for the notice's time. */
export function update(state: AppState, effect: StateEffect, now: number): AppState {
	return walked(updated(state, effect, now), now);
}

/** The tour goes on where its next screen is reached, and ends after the last step. */
function walked(state: AppState, now: number): AppState {
	const {tour} = state;
	if (tour === undefined) return state;
	const steps = tours[tour.story];
	const step = steps[tour.done];
	const done = step !== undefined && isReached(step, topScreen(state)) ? tour.done + 1 : tour.done;
	if (done < steps.length) return done === tour.done ? state : {...state, tour: {...tour, done}};
	return updated(
		{...state, tour: undefined},
		{type: 'notice', tone: 'muted', text: 'The tour is over. :demo picks another story, :tour on walks it again'},
		now,
	);
}

function updated(state: AppState, effect: StateEffect, now: number): AppState {
	switch (effect.type) {
		case 'open':
			return travel(state, [...concealed(state.stack), effect.screen]);
		case 'go':
			return travel(state, effect.screen.type === 'overview' ? [effect.screen] : [...state.stack.slice(0, 1), effect.screen]);
		case 'replace':
			return travel(state, [...state.stack.slice(0, -1), effect.screen]);
		case 'peel':
			return peel(state);
		case 'history':
			return effect.step < 0 ? back(state) : forward(state);
		case 'last-view':
			return back(state);
		case 'change':
			return change(state, effect.screen);
		case 'notice':
			return {...state, notices: [...state.notices, {tone: effect.tone, text: effect.text, at: now}].slice(-noticesKept), noticeShown: true};
		case 'prompt':
			return openPrompt(state, effect);
		case 'ask':
			return {...state, dialog: {...effect.dialog, ...(effect.again && state.dialog ? answerOf(state.dialog) : {typed: '', top: 0, remembered: false})}};
		case 'namespace':
			return {...state, namespace: effect.namespace, favourites: favour(state.favourites, effect.namespace)};
		case 'theme':
			return {...state, theme: effect.name};
		case 'switch':
			return {...state, ...effect.to};
		case 'pending':
			return {...state, pending: effect.keys, whichKey: effect.whichKey};
		case 'edit':
			return state.prompt === undefined ? state : {...state, prompt: {...state.prompt, ...effect.prompt}};
		case 'type':
			return state.dialog === undefined ? state : {...state, dialog: {...state.dialog, typed: effect.typed}};
		case 'dialog':
			return state.dialog === undefined ? state : {...state, dialog: {...state.dialog, ...effect.to}};
		case 'close':
			return close(state, effect.remember);
		case 'level-set':
			return {...state, level: effect.level};
		case 'pin':
			return state.pins.length >= 9 ? state : {...state, pins: [...state.pins, ...concealed([topScreen(state)])]};
		case 'tour':
			return {...state, tour: effect.place, noticeShown: false};
		case 'tab': {
			const screen = state.pins[effect.index];
			return screen === undefined ? state : travel(state, [...state.stack.slice(0, 1), screen]);
		}
		default:
			return never(effect);
	}
}

/** A new place: the old one can be gone back to, and what was ahead is forgotten. */
function travel(state: AppState, stack: readonly Screen[]): AppState {
	return {...state, stack, past: [...state.past, concealed(state.stack)].slice(-historyLength), future: [], noticeShown: false};
}

/** What was decoded is hidden again wherever one comes back to it: it was shown after a question, once. */
export function concealed(stack: readonly Screen[]): readonly Screen[] {
	return stack.map(screen => (screen.type === 'object' && screen.revealed.length > 0 ? {...screen, revealed: []} : screen));
}

function back(state: AppState): AppState {
	const before = state.past[state.past.length - 1];
	return before === undefined
		? state
		: {...state, stack: before, past: state.past.slice(0, -1), future: [concealed(state.stack), ...state.future], noticeShown: false};
}

function forward(state: AppState): AppState {
	const [next, ...future] = state.future;
	return next === undefined ? state : {...state, stack: next, past: [...state.past, concealed(state.stack)], future, noticeShown: false};
}

function answerOf({typed, top, remembered}: NonNullable<AppState['dialog']>): Pick<NonNullable<AppState['dialog']>, 'typed' | 'top' | 'remembered'> {
	return {typed, top, remembered};
}

/** Esc: one layer, in the order dialog, prompt, marks, filter, screen; at the root nothing. */
function peel(state: AppState): AppState {
	const {dialog, prompt, ...rest} = state;
	if (dialog) return prompt ? {...rest, prompt} : rest;
	if (prompt) {
		const undone = prompt.kind === 'filter' ? change(rest, {type: 'table', filter: prompt.before}) : rest;
		return undone;
	}
	const screen = topScreen(state);
	if (screen.type === 'table' && screen.marks.length > 0) return change(state, {type: 'table', marks: []});
	if (screen.type === 'table' && (screen.filter !== '' || screen.faultsOnly)) return change(state, {type: 'table', filter: '', faultsOnly: false});
	const peeled = screen.type === 'logs' ? peelLogs(screen) : undefined;
	if (peeled !== undefined) return change(state, {type: 'logs', ...peeled});
	if (screen.type !== 'table' && screen.search !== undefined) {
		const {search: _search, ...without} = screen;
		return {...state, stack: [...state.stack.slice(0, -1), without]};
	}
	return state.stack.length > 1 ? travel(state, state.stack.slice(0, -1)) : {...state, noticeShown: false};
}

/** A log view's own layers: the line in full, marks, what is searched for, the text alone, then its filters, the last one first. */
function peelLogs(screen: LogsScreen): Partial<LogsScreen> | undefined {
	if (screen.detail !== undefined) return {detail: undefined};
	if (screen.marks.length > 0) return {marks: []};
	if (screen.search !== undefined) return {search: undefined};
	if (screen.fullScreen) return {fullScreen: false};
	return screen.filters.length > 0 ? {filters: screen.filters.slice(0, -1)} : undefined;
}

function change(state: AppState, fields: Partial<Screen> & Pick<Screen, 'type'>): AppState {
	const top = topScreen(state);
	if (top.type !== fields.type) return state;
	// Both are of the same member of the union: checked in the line above, which the compiler cannot carry through a spread.
	const changed = {...top, ...fields} as Screen;
	return {...state, stack: [...state.stack.slice(0, -1), changed]};
}

function openPrompt(state: AppState, effect: Extract<StateEffect, {type: 'prompt'}>): AppState {
	const screen = topScreen(state);
	const filter = screen.type === 'table' ? screen.filter : '';
	const text = effect.text ?? (effect.prompt === 'filter' ? filter : '');
	return {
		...state,
		prompt: {kind: effect.prompt, editor: editorOf(text, effect.prompt === 'command' ? state.history : []), picked: 0, before: filter},
		noticeShown: false,
	};
}

function close(state: AppState, remember: string | undefined): AppState {
	const {dialog, prompt, ...rest} = state;
	if (dialog) return prompt ? {...rest, prompt} : rest;
	const history =
		remember === undefined || remember === '' ? state.history : [...state.history.filter(line => line !== remember), remember].slice(-commandsKept);
	return {...rest, history};
}

/** The namespaces last used, newest last, at most nine; digits keep their place. */
function favour(favourites: readonly string[], namespace: string | undefined): readonly string[] {
	if (namespace === undefined || favourites.includes(namespace)) return favourites;
	return favourites.length < 9 ? [...favourites, namespace] : [...favourites.slice(0, 8), namespace];
}
