import type {ActionContext} from '../../source/core/action.ts';
import {type AppState, initialState} from '../../source/core/app-state.ts';
import type {ContextInfo} from '../../source/core/cluster-client.ts';
import type {CommandContext} from '../../source/core/command.ts';
import type {Item} from '../../source/core/kubernetes.ts';
import {makeCatalogue} from '../../source/core/make-catalogue.ts';
import type {Page, PageLine} from '../../source/core/page.ts';
import {projectRow} from '../../source/core/project.ts';
import type {ResourceKind} from '../../source/core/resource-kind.ts';
import {qualifiedName, type ResourceType} from '../../source/core/resource-type.ts';
import type {PageScreen, TableScreen} from '../../source/core/screen.ts';
import type {Column, TableSnapshot} from '../../source/core/table.ts';
import {tableScreen} from '../../source/core/targets.ts';
import type {Frame, View} from '../../source/core/view.ts';
import {resourceKinds} from '../../source/resources/index.ts';
import {nothingBeside, tableItem} from './table-item.ts';

export const now = Date.UTC(2026, 0, 14, 14, 2, 31);

const context: ContextInfo = {
	name: 'prod-eu1',
	cluster: 'eu1',
	user: 'alice',
	namespace: 'shop',
	server: 'https://10.0.0.10:6443',
	source: '~/.kube/config',
	demo: false,
};
const head: Frame['head'] = {context, openRequests: 0, version: 'v1.34.2', user: 'alice'};

/** A pod as the server prints it. */
export function podItem(name: string, cells: Readonly<{status?: string; node?: string; restarts?: number; namespace?: string; owner?: string}> = {}): Item {
	const {status = 'Running', node = 'node-a1', restarts = 0, namespace = 'shop', owner} = cells;
	return tableItem({
		kind: 'Pod',
		columns: ['Name', 'Ready', 'Status', 'Restarts', 'Age', 'IP', 'Node'],
		cells: [name, '1/1', status, restarts, '1d', '10.0.0.1', node],
		meta: {
			name,
			namespace,
			uid: `uid-${namespace}-${name}`,
			labels: {app: name.split('-')[0] ?? name},
			...(owner === undefined ? {} : {ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, uid: `uid-${owner}`, controller: true}]}),
		},
	});
}

/** The id of a row of `podItem`. */
export function podId(name: string, namespace = 'shop'): string {
	return `uid-${namespace}-${name}`;
}

export const catalogue = makeCatalogue(resourceKinds, undefined);

function recordOf(name: string): Readonly<{type: ResourceType; kind: ResourceKind}> {
	const type = catalogue.find(name);
	if (!type) throw new Error(`There is no record of ${name}`);
	return {type, kind: catalogue.kindOf(type, [])};
}

export type TableFrameOptions = Readonly<{
	/** A kind of our own records; pods where missing. */
	of?: string;
	items?: readonly Item[];
	screen?: Partial<TableScreen>;
	state?: Partial<AppState>;
	snapshot?: Partial<TableSnapshot>;
	viewport?: Frame['viewport'];
	kind?: Partial<ResourceKind>;
}>;

/** A frame with a table on top, the Overview beneath it. */
export function tableFrame(options: TableFrameOptions = {}): Frame {
	const {items = [], screen, state, snapshot, viewport = {columns: 80, rows: 24}} = options;
	const {type, kind: record} = recordOf(options.of ?? 'pods');
	const kind = {...record, ...options.kind};
	const columns: readonly Column[] = kind.columns.filter(column => column.wide !== true);
	const rows = items.map(item => projectRow(kind, columns, item, {now, beside: nothingBeside}));
	const byId = new Map(rows.map((row, index) => [row.id, items[index]]));
	const full: TableSnapshot = {
		version: 1,
		columns,
		rows,
		total: rows.length,
		tones: {},
		data: 'ready',
		stream: {state: 'live', lastEventAt: now - 300},
		flashes: new Map(),
		asOf: now - 300,
		...snapshot,
	};
	const shown: TableScreen = {...tableScreen(qualifiedName(type), type.namespaced ? {namespace: 'shop'} : {}), ...screen};
	const view: View = {type: 'table', resource: type, kind, snapshot: full, item: id => byId.get(id)};
	return frameOf(view, initialState({namespace: 'shop', favourites: ['shop'], keysPressed: 9, stack: [{type: 'overview', top: 0}, shown], ...state}), viewport);
}

export type PageFrameOptions = Readonly<{
	lines?: readonly PageLine[];
	page?: Partial<Page>;
	screen?: PageScreen;
	state?: Partial<AppState>;
	viewport?: Frame['viewport'];
}>;

/** A frame with a page on top of the Overview; the Overview itself where no screen is given. */
export function pageFrame(options: PageFrameOptions = {}): Frame {
	const {lines = [], page, screen = {type: 'overview', top: 0}, state, viewport = {columns: 80, rows: 24}} = options;
	const view: View = {type: 'page', page: {crumb: 'Page', head: [], fixed: [], lines, hints: [], ...page}, stream: {state: 'live', lastEventAt: now - 300}};
	const stack = screen.type === 'overview' ? [screen] : [{type: 'overview', top: 0} as const, screen];
	return frameOf(view, initialState({namespace: 'shop', keysPressed: 9, stack, ...state}), viewport);
}

function frameOf(view: View, state: AppState, viewport: Frame['viewport']): Frame {
	return {state, view, head, viewport, now, choices: []};
}

/** What an action gets: the frame, the kinds of our records, 11 lines of body. */
export function actionContext(frame: Frame, more: Partial<ActionContext> = {}): ActionContext {
	return {frame, catalogue, bodyRows: 11, ...more};
}

/** What a command gets. */
export function commandContext(frame: Frame = pageFrame()): CommandContext {
	return {
		...actionContext(frame),
		namespaces: ['data', 'shop'],
		contexts: ['prod-eu1', 'lab'],
		themes: ['dark', 'light', 'mono'],
		stories: ['healthy', 'oom-eviction'],
		quit: [{type: 'quit'}],
	};
}

/** Page lines that can take the cursor, by id; `-` is one that cannot. */
export function linesOf(...ids: readonly string[]): readonly PageLine[] {
	return ids.map(id => (id === '-' ? {line: [{text: ' text'}]} : {line: [{text: ` ${id}`}], id}));
}
