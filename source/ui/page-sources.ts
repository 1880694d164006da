import type {StartModel} from '../core/contexts-model.ts';
import type {StreamState} from '../core/feed.ts';
import {textAt} from '../core/field.ts';
import type {Live} from '../core/live.ts';
import {makeCatalogue} from '../core/make-catalogue.ts';
import {never} from '../core/never.ts';
import type {Page, PageSetting} from '../core/page.ts';
import type {ResourceType} from '../core/resource-type.ts';
import {objectTabsOf, type PageScreen, type Screen} from '../core/screen.ts';
import {aliasesPage} from '../pages/aliases.ts';
import {callsPage} from '../pages/calls.ts';
import {contextsPage} from '../pages/contexts.ts';
import {helpPage} from '../pages/help.ts';
import {noticesPage} from '../pages/notices.ts';
import {objectPage} from '../pages/object.ts';
import {overviewPage} from '../pages/overview.ts';
import {startPage} from '../pages/start.ts';
import {ObjectMetricsFeed} from '../store/metrics/object-metrics-feed.ts';
import {maskedModel} from '../core/share/masked-model.ts';
import {createObject} from '../store/object.ts';
import {createOverview} from '../store/overview.ts';
import type {Session} from '../store/session.ts';
import type {PageSource, PageTools} from './page-source.ts';
import {helpEntries} from './help-entries.ts';
import {logsSource} from './logs-source.ts';
import {networkSource} from './network-source.ts';
import {sentRate} from './sent-rate.ts';
import {topSource} from './top-source.ts';

const nothing = {[Symbol.dispose]: () => {}};

/** Opens what a page shows. A screen that needs a cluster falls back to the first-start page while there is none. */
export function pageSource(screen: PageScreen, tools: PageTools, session: Session | undefined): PageSource {
	switch (screen.type) {
		case 'overview':
			return session ? overviewSource(tools, session) : startSource(tools);
		case 'object':
			return session ? objectSource(screen, tools, session) : startSource(tools);
		case 'logs':
			return session ? logsSource(screen, tools, session) : startSource(tools);
		case 'top':
			return session ? topSource(screen, tools, session) : startSource(tools);
		case 'network':
			return session ? networkSource(screen, tools, session) : startSource(tools);
		case 'contexts':
			return contextsSource(tools);
		case 'calls':
			return session ? callsSource(tools, session) : startSource(tools);
		case 'notices':
			return {...nothing, page: (current, setting) => noticesPage(tools.state().notices, narrowed(current, 'notices'), setting)};
		case 'aliases':
			return {...nothing, page: (current, setting) => aliasesPage(session?.catalogue.types ?? [], narrowed(current, 'aliases'), setting)};
		case 'help':
			return {
				...nothing,
				page: (current, setting) => helpPage(helpEntries(narrowed(current, 'help').about, tools.actions, tools.bindings), narrowed(current, 'help'), setting),
			};
		case 'start':
			return startSource(tools);
		default:
			return never(screen);
	}
}

type Of<T extends Screen['type']> = Extract<PageScreen, {type: T}>;

/** The stage keeps one source a type of screen, so this never throws; it tells the compiler. */
function narrowed<T extends PageScreen['type']>(screen: PageScreen, type: T): Of<T> {
	if (screen.type !== type) throw new Error(`a source of ${type} was asked for ${screen.type}`);
	return screen as Of<T>;
}

/** A source over a live model: subscribed while the page is on screen. */
function liveSource<T>(
	live: Live<T>,
	tools: PageTools,
	page: (model: T, screen: PageScreen, setting: PageSetting) => Page,
	stream: (model: T) => StreamState,
): PageSource {
	const leave = live.subscribe(tools.changed);
	return {
		page: (screen, setting) => page(live.snapshot(), screen, setting),
		stream: () => stream(live.snapshot()),
		[Symbol.dispose]: leave,
	};
}

function overviewSource(tools: PageTools, session: Session): PageSource {
	// Before discovery the catalogue is a guess; asking for every kind in it would be answered with 404 by many a server.
	const unknown = makeCatalogue([], undefined);
	const live = createOverview({
		scopes: session.scopes,
		client: session.client,
		catalogue: () => (session.discovery ? session.catalogue : unknown),
		onCatalogue: changed => session.onChange(changed),
		clock: tools.clock,
		now: () => session.now(),
		serverVersion: () => session.version,
		usage: session.usage,
	});
	return liveSource(
		live,
		tools,
		(model, screen, setting) => overviewPage(model, narrowed(screen, 'overview'), setting),
		model => model.stream,
	);
}

function objectSource(screen: Of<'object'>, tools: PageTools, session: Session): PageSource {
	const type = session.catalogue.find(screen.kind) ?? session.catalogue.ofObject(screen.ref.apiVersion, screen.ref.kind) ?? unknownType(screen);
	const live = createObject({
		scopes: session.scopes,
		client: session.client,
		catalogue: () => session.catalogue,
		clock: tools.clock,
		now: () => session.now(),
		serverVersion: () => session.version,
		type,
		ref: screen.ref,
		related: true,
	});
	const metrics = objectTabsOf(screen.ref).includes('metrics')
		? new ObjectMetricsFeed({usage: session.usage, ref: screen.ref, now: () => session.now(), changed: tools.changed})
		: undefined;
	const source = liveSource(
		live,
		tools,
		(read, shown, setting) => {
			const current = narrowed(shown, 'object');
			const model = setting.masks === undefined ? read : maskedModel(read, setting.masks);
			if (metrics === undefined) return objectPage(model, current, setting);
			if (current.tab === 'metrics') metrics.showAll(screen.ref.kind === 'Node' ? screen.ref.name : textAt(model.object, 'spec', 'nodeName'));
			return objectPage({...model, metrics: metrics.value()}, current, setting);
		},
		model => model.stream,
	);
	return {
		...source,
		[Symbol.dispose]: () => {
			source[Symbol.dispose]();
			metrics?.[Symbol.dispose]();
		},
	};
}

function contextsSource({contexts, changed}: PageTools): PageSource {
	const watching = contexts.watch(changed);
	return {
		page: (screen, setting) => contextsPage(contexts.model(changed), narrowed(screen, 'contexts'), setting),
		reload: () => void contexts.askAll(changed),
		[Symbol.dispose]: () => watching[Symbol.dispose](),
	};
}

function callsSource(tools: PageTools, session: Session): PageSource {
	const leave = session.client.calls.subscribe(tools.changed);
	const {sentBytes} = tools;
	const rate = sentBytes === undefined ? () => undefined : sentRate(tools.clock, sentBytes);
	return {page: (screen, setting) => callsPage(session.client.calls.snapshot(), narrowed(screen, 'calls'), setting, rate()), [Symbol.dispose]: leave};
}

function startSource(tools: PageTools): PageSource {
	const model: StartModel = tools.start ?? {looked: [], version: ''};
	return {...nothing, page: (screen, setting) => startPage(model, screen.type === 'start' ? screen : {type: 'start', top: screen.top}, setting)};
}

function unknownType(screen: Of<'object'>): ResourceType {
	const [group, version] = screen.ref.apiVersion.includes('/') ? screen.ref.apiVersion.split('/') : ['', screen.ref.apiVersion];
	return {
		group: group ?? '',
		version: version ?? '',
		plural: screen.kind.split('.')[0] ?? screen.kind,
		kind: screen.ref.kind,
		singular: screen.ref.kind.toLowerCase(),
		namespaced: screen.ref.namespace !== undefined,
		verbs: ['get', 'list', 'watch'],
		shortNames: [],
		categories: [],
		subresources: [],
		preferred: true,
		state: 'gone',
	};
}
