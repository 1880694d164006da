import {topScreen} from '../core/app-state.ts';
import type {Effect} from '../core/effect.ts';
import type {NetworkModel} from '../core/net/network-model.ts';
import {networkScreen, pathTo, viewOfScreen} from '../core/net/network-start.ts';
import {movedCell, type PolicyModel, policyPlace} from '../core/net/policy-model.ts';
import {buildDnsTab} from '../core/net/build-dns-tab.ts';
import {policyModel} from '../core/net/build-policy-model.ts';
import {routesModel} from '../core/net/build-routes-model.ts';
import {buildProbesTab} from '../core/net/build-probes-tab.ts';
import {type RoutesModel, routeRowPrefix} from '../core/net/routes-model.ts';
import type {NetworkPolicy} from '../core/net/policy/network-policy.ts';
import {applyWhatIf, type ParsedDocument, type WhatIf} from '../core/net/policy/what-if.ts';
import type {Page, PageSetting} from '../core/page.ts';
import {describeProblem, problemOf} from '../core/problem.ts';
import type {NetworkScreen} from '../core/screen.ts';
import {plural} from '../core/text.ts';
import {checks} from '../checks/index.ts';
import {networkPage} from '../pages/network.ts';
import {fixDialog} from '../pages/network-dialogs.ts';
import {networkDnsPage} from '../pages/network-dns.ts';
import {networkPathPage} from '../pages/network-path.ts';
import {networkPolicyPage} from '../pages/network-policy.ts';
import {networkProbesPage} from '../pages/network-probes.ts';
import {networkRoutesPage} from '../pages/network-routes.ts';
import {probes} from '../probes/index.ts';
import {LiveNetwork} from '../store/net/live-network.ts';
import type {Session} from '../store/session.ts';
import {nextTrouble, reportText} from './network-answers.ts';
import {NetworkConsent} from './network-consent.ts';
import type {PageSource, PageTools} from './page-source.ts';

/** Feeds the Network screen while it is shown. */
export function networkSource(screen: NetworkScreen, tools: PageTools, session: Session): PageSource {
	const feed = new NetworkFeed(screen, tools, session);
	return {
		page: (current, setting) => feed.page(current.type === 'network' ? current : screen, setting),
		stream: () => feed.model().stream,
		reload: () => feed.reload(),
		command: (command, words) => feed.command(command, words),
		[Symbol.dispose]: () => feed[Symbol.dispose](),
	};
}

class NetworkFeed implements Disposable {
	readonly #tools: PageTools;
	readonly #session: Session;
	readonly #network: LiveNetwork;
	readonly #leave: () => void;
	readonly #consent: NetworkConsent;
	#page: Page | undefined;
	/** Of `what-if`. */
	#documents: readonly ParsedDocument[] | undefined;
	#policy: Readonly<{of: NetworkModel; key: string; built: PolicyModel}> | undefined;
	/** By namespace: the cell that was looked at last. Another port, or a look at another tab, leaves the cursor where it was. */
	readonly #cells = new Map<string | undefined, NonNullable<PolicyModel['cursor']>>();

	constructor(screen: NetworkScreen, tools: PageTools, session: Session) {
		this.#tools = tools;
		this.#session = session;
		const {record} = tools.probing ?? {};
		this.#network = new LiveNetwork(
			{
				client: session.client,
				scopes: session.scopes,
				catalogue: () => session.catalogue,
				discovered: () => session.discovery !== undefined,
				onCatalogue: changed => session.onChange(changed),
				clock: tools.clock,
				now: () => session.now(),
				checks,
				probes,
				random: Math.random,
				...(record ? {record} : {}),
			},
			viewOfScreen(screen),
		);
		this.#consent = new NetworkConsent(tools, session, this.#network);
		this.#leave = this.#network.subscribe(tools.changed);
	}

	model(): NetworkModel {
		return this.#network.snapshot();
	}

	page(screen: NetworkScreen, setting: PageSetting): Page {
		this.#network.show(viewOfScreen(screen));
		const model = this.model();
		this.#page = networkPage(model, screen, setting, inner => this.#tab(model, screen, inner));
		return this.#page;
	}

	reload(): void {
		this.#network.refresh();
	}

	command(command: string, words: readonly string[]): void {
		const effects = this.#effectsOf(command, words);
		if (effects.length > 0) this.#tools.dispatch(effects);
	}

	[Symbol.dispose](): void {
		this.#consent[Symbol.dispose]();
		this.#leave();
	}

	#tab(model: NetworkModel, screen: NetworkScreen, setting: PageSetting): Page {
		switch (screen.tab) {
			case 'dns':
				return networkDnsPage(buildDnsTab(model), screen, setting);
			case 'probes':
				return networkProbesPage(buildProbesTab(model), screen, setting);
			case 'path':
				return networkPathPage(model, screen, setting, {catalogue: this.#session.catalogue});
			case 'policy':
				return networkPolicyPage(this.#policyModel(model, screen), screen, setting);
			case 'routes':
				return networkRoutesPage(this.#routes(model, screen), screen, setting);
		}
	}

	#routes(model: NetworkModel, screen: NetworkScreen): RoutesModel {
		const {namespace, faultsOnly} = viewOfScreen(screen);
		return routesModel(model.view, {
			faultsOnly,
			findings: model.judged.findings,
			...(namespace === undefined ? {} : {namespace}),
			...(screen.cursor === undefined ? {} : {cursor: screen.cursor}),
		});
	}

	/** The grid of thousands of pods is not made anew for every frame. */
	#policyModel(model: NetworkModel, screen: NetworkScreen): PolicyModel {
		const view = viewOfScreen(screen);
		const place = {...this.#cells.get(view.namespace), ...policyPlace({...screen, ...view})};
		const key = JSON.stringify(place);
		if (this.#policy?.of !== model || this.#policy.key !== key)
			this.#policy = {of: model, key, built: policyModel(model.view, {...place, findings: model.judged.findings, ...this.#edited(model)})};
		const {built} = this.#policy;
		// Before everything is read the first cell that is denied is not known.
		if (built.cursor && built.readable.state === 'ready') this.#cells.set(view.namespace, built.cursor);
		return built;
	}

	/** The cluster's policies with those of the file in their places. */
	#edited({view}: NetworkModel): Readonly<{whatIf?: WhatIf}> {
		if (!this.#documents) return {};
		return {whatIf: applyWhatIf(view.all<NetworkPolicy>('networkpolicies.networking.k8s.io'), this.#documents, this.#session.client.context.namespace)};
	}

	#effectsOf(command: string, words: readonly string[]): readonly Effect[] {
		const screen = topScreen(this.#tools.state());
		if (screen.type !== 'network') return [];
		const {report} = this.model();
		switch (command) {
			case 'probe':
				return screen.tab === 'policy' ? this.#cellPath(screen) : this.#consent.probe(words[0] === 'always');
			case 'rerun':
				return this.model().run.state === 'none' ? [{type: 'reload'}] : this.#consent.probe(false);
			case 'offer':
				return this.#consent.offer(words[0]);
			case 'run':
				return this.#consent.run();
			case 'remember':
				this.#consent.remember(words[0]);
				return [];
			case 'forget':
				this.#consent.forget();
				return [];
			case 'image':
				return this.#consent.image(words[0]);
			case 'what-if':
				return this.#whatIf(words.join(' '));
			case 'cancel':
				return this.#network.cancel() ? [note('The probes are being cancelled')] : [{type: 'ask-quit'}];
			case 'fix': {
				const dialog = fixDialog(report.verdict);
				return [dialog ? {type: 'ask', dialog} : note('There is nothing to repair here')];
			}
			case 'row-path':
				return this.#rowPath(screen);
			case 'copy-fix':
				return report.verdict.remedy.length === 0
					? [note('There is nothing to repair here')]
					: [{type: 'copy', text: report.verdict.remedy.map(one => one.command).join('\n'), what: plural(report.verdict.remedy.length, 'command')}];
			case 'copy-report':
				return [{type: 'copy', text: this.#report(), what: 'the report as Markdown'}];
			case 'save':
				return words[0] === undefined ? [] : [{type: 'save', path: words[0], content: [this.#report()], what: 'the report'}];
			case 'next':
			case 'before':
				return this.#page ? nextTrouble(this.#page, screen, command === 'next' ? 1 : -1) : [];
			case 'cell-left':
			case 'cell-right':
				return this.#moveCell(screen, command === 'cell-left' ? -1 : 1);
			default:
				return [];
		}
	}

	/** The grid as it would be with the policies of a file; without a file as it is. */
	#whatIf(path: string): readonly Effect[] {
		this.#documents = undefined;
		this.#policy = undefined;
		if (path === '') return [note('The grid shows the policies as they are')];
		const {dispatch, probing} = this.#tools;
		void probing?.readYaml(path).then(
			documents => {
				this.#documents = documents;
				this.#policy = undefined;
				dispatch([note(`The grid shows what ${path} would change. :net what-if takes it back`, 'warning')]);
			},
			(error: unknown) => dispatch([note(describeProblem(problemOf(error, `Could not read ${path}`)), 'error')]),
		);
		return [];
	}

	#report(): string {
		const {client} = this.#session;
		return reportText(this.model(), {context: client.context.name, version: this.#session.version ?? '', demo: client.context.demo, now: this.#session.now()});
	}

	/** The path to the way in under the cursor of the Routes tab. */
	#rowPath(screen: NetworkScreen): readonly Effect[] {
		const {rows, cursor} = this.#routes(this.model(), screen);
		const row = rows.find(({id}) => `${routeRowPrefix}${id}` === cursor);
		const target = row && pathTo(row.ref);
		return target === undefined ? [note('No path can be followed to this line')] : [{type: 'open', screen: networkScreen({tab: 'path', target})}];
	}

	/** The way of the cell under the cursor, on the tab that can send traffic along it. */
	#cellPath(screen: NetworkScreen): readonly Effect[] {
		const {probe, level} = this.#policyModel(this.model(), screen);
		if (level === 'namespaces') return [note('Enter opens the namespace: a cell of two workloads can be probed')];
		if (!probe) return [note('Only pods can be probed, by TCP or for DNS: this cell is about something else')];
		const way = probe.tab === 'dns' ? `DNS from ${probe.from}` : 'The way of this cell';
		return [{type: 'open', screen: networkScreen(probe)}, note(`${way}: m probes it, Esc goes back to the grid`)];
	}

	#moveCell(screen: NetworkScreen, by: -1 | 1): readonly Effect[] {
		if (screen.tab !== 'policy') return [];
		const moved = movedCell(this.#policyModel(this.model(), screen), {rows: 0, columns: by});
		return moved ? [{type: 'change', screen: {type: 'network', column: moved.column}}] : [];
	}
}

function note(text: string, tone: 'muted' | 'warning' | 'error' = 'muted'): Effect {
	return {type: 'notice', tone, text};
}
