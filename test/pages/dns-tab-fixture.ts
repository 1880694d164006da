import {checks} from '../../source/checks/index.ts';
import {judge} from '../../source/core/diagnose/judge.ts';
import type {KubeObject} from '../../source/core/kubernetes.ts';
import {plain} from '../../source/core/line.ts';
import type {ProbeCell} from '../../source/core/net/cell.ts';
import type {NetworkModel} from '../../source/core/net/network-model.ts';
import type {NetworkTab, NetworkView} from '../../source/core/net/network-view.ts';
import {wholeDnsReport} from '../../source/core/net/report/dns-report.ts';
import type {Page, PageSetting} from '../../source/core/page.ts';
import type {NetworkScreen} from '../../source/core/screen.ts';
import {networkPage} from '../../source/pages/network.ts';
import {clientOn} from '../core/net/dns/dns-fixture.ts';
import {clusterView, type ViewOptions} from '../tools/cluster-view.ts';
import {assertFrame} from '../tools/golden.ts';
import {now} from './page-fixture.ts';

export type ModelOptions = Readonly<{
	objects: readonly KubeObject[];
	cells?: readonly ProbeCell[];
	view?: ViewOptions;
	asked?: Partial<NetworkView>;
	running?: boolean;
	tab?: NetworkTab;
}>;

/** What the Network screen knows, as the store would put it together. */
export function networkModel({objects, cells = [], view: options = {}, asked = {}, running = false, tab = 'dns'}: ModelOptions): NetworkModel {
	const view = clusterView(objects, options);
	const client = clientOn('n1');
	const judged = judge(checks, view);
	const probed = cells.length > 0 && !running;
	const report = wholeDnsReport({
		view,
		judged,
		cells: probed ? cells : [],
		probed,
		from: 'shop/client-n1',
		fromNamed: false,
		...(asked.name === undefined ? {} : {name: asked.name}),
	});
	return {
		asked: {tab, faultsOnly: false, ...asked},
		view,
		stream: {state: 'live', lastEventAt: now},
		reads: 18,
		judged,
		client,
		cells,
		run: runOf(cells, running),
		plan: {title: 'DNS from shop/client-n1', sources: [client, clientOn('n2', 'F'), clientOn('n3', 'D')], questions: [], notes: []},
		report,
	};
}

function runOf(cells: readonly ProbeCell[], running: boolean): NetworkModel['run'] {
	if (running) return {state: 'running', way: 'exec', done: cells.length, total: 42, startedAt: now - 3000};
	return cells.length === 0 ? {state: 'none'} : {state: 'ended', way: 'exec', at: now - 12_000, tookMs: 4600, cancelled: false, leftBehind: []};
}

export function networkScreen(tab: NetworkTab): NetworkScreen {
	return {type: 'network', tab, top: 0, faultsOnly: false};
}

/** The tab with the screen's own lines around it, as it would stand on the terminal: `>` where the cursor is. */
export function assertTabFrame(name: string, model: NetworkModel, at: PageSetting, tab: (setting: PageSetting) => Page): void {
	const page = networkPage(model, networkScreen(model.asked.tab), at, tab);
	const first = page.lines.find(({id}) => page.first !== undefined && id?.startsWith(page.first));
	const lines = [...page.fixed.map(plain), ...page.lines.map(one => (one === first ? `>${plain(one.line).slice(1)}` : plain(one.line)))];
	const {columns, rows} = at.body;
	const shown = [`${page.crumb}   ${plain(page.head)}`, ...lines.slice(0, rows), ...Array.from({length: Math.max(0, rows - lines.length)}, () => '')];
	const hints = page.hints.map(({keys, title}) => `${keys} ${title}`).join('  ');
	assertFrame(name, {columns, rows: rows + 5, lines: () => [...shown, plain(page.status ?? []), ` ${hints}`]});
}
