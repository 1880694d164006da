import type {Action, ActionContext} from '../core/action.ts';
import {topScreen} from '../core/app-state.ts';
import type {Effect} from '../core/effect.ts';
import type {Ref} from '../core/kubernetes.ts';
import {networkScreen, pathTo, unmoved} from '../core/net/network-start.ts';
import {type NetworkTab, networkTabs} from '../core/net/network-view.ts';
import type {NetworkScreen} from '../core/screen.ts';
import {focusedRef} from '../core/targets.ts';

const titles: Readonly<Record<NetworkTab, string>> = {dns: 'DNS', path: 'Path', policy: 'Policy', probes: 'Probes', routes: 'Routes'};

function screenOf({frame}: ActionContext): NetworkScreen | undefined {
	const screen = topScreen(frame.state);
	return screen.type === 'network' ? screen : undefined;
}

function show(tab: NetworkTab): readonly Effect[] {
	return [{type: 'change', screen: {type: 'network', tab, top: 0, cursor: unmoved}}];
}

function step(context: ActionContext, by: -1 | 1): readonly Effect[] {
	const screen = screenOf(context);
	const tab = screen && networkTabs[(networkTabs.indexOf(screen.tab) + by + networkTabs.length) % networkTabs.length];
	return tab === undefined ? [] : show(tab);
}

function ask(command: string, ...words: readonly string[]): Action['run'] {
	return () => [{type: 'page-command', command, ...(words.length > 0 ? {words} : {})}];
}

/** Opens the `:` prompt with the words that belong there already. */
function prompted(text: string): Action['run'] {
	return () => [{type: 'prompt', prompt: 'command', text}];
}

function inNetwork(id: string, title: string, keys: readonly string[], run: Action['run'], more: Partial<Action> = {}): Action {
	return {id: `network.${id}`, title, on: ['network'], keys, group: 'view', run, ...more};
}

function only(tab: NetworkTab): NonNullable<Action['disabled']> {
	return context => (screenOf(context)?.tab === tab ? undefined : `This is for the tab ${networkTabs.indexOf(tab) + 1} ${titles[tab]}`);
}

/** Tabs that show one namespace, or all. */
const narrowed: ReadonlySet<NetworkTab> = new Set(['policy', 'routes']);

/** What `t` names is what the tab is about. */
function target(context: ActionContext): readonly Effect[] {
	const tab = screenOf(context)?.tab;
	if (tab === 'routes') return ask('row-path')(context);
	return prompted(tab === 'dns' ? 'net name ' : tab === 'probes' ? 'net target ' : 'net path ')(context);
}

/** The path to the object under the cursor: a Service, Ingress, route or Gateway as the destination, a pod as well. */
function openPath(context: ActionContext): readonly Effect[] {
	const ref = focusedRef(context.frame);
	const target = ref && pathTo(ref);
	return target === undefined ? [] : [{type: 'open', screen: networkScreen({tab: 'path', target})}];
}

function cannotOpen({frame}: ActionContext): string | undefined {
	const ref: Ref | undefined = focusedRef(frame);
	if (!ref) return 'There is no row to follow the way to';
	return pathTo(ref) === undefined ? `No path leads to a ${ref.kind}: it is for Services, pods, Ingresses, routes, Gateways` : undefined;
}

export const networkActions: readonly Action[] = [
	...networkTabs.map((tab, index) => inNetwork(tab, titles[tab], [String(index + 1)], () => show(tab))),
	inNetwork('next-tab', 'Next tab', ['tab'], context => step(context, 1)),
	inNetwork('previous-tab', 'Tab before', ['shift-tab'], context => step(context, -1)),
	inNetwork('probe', 'Probe: shows first what would be sent, and the ways to send it', ['m'], ask('probe')),
	inNetwork('probe-way', 'Probe another way: asks always, also where m asks no more', ['M'], ask('probe', 'always')),
	inNetwork('rerun', 'Run again: probes that ran, else the reads', ['r'], ask('rerun')),
	inNetwork('from', 'Client pod', ['i'], prompted('net from ')),
	inNetwork('target', 'Destination; on the DNS tab a name, on the Routes tab the path to the row', ['t'], target),
	inNetwork('fix', 'What to do about it, with its commands', ['f'], ask('fix')),
	inNetwork('copy-fix', 'commands of the fix', ['Y f'], ask('copy-fix'), {group: 'copy'}),
	inNetwork('copy-report', 'report as Markdown', ['Y m'], ask('copy-report'), {group: 'copy'}),
	inNetwork('only-faults', 'Only what is wrong', ['o'], context => {
		const screen = screenOf(context);
		return screen ? [{type: 'change', screen: {type: 'network', faultsOnly: !screen.faultsOnly}}] : [];
	}),
	inNetwork('next', 'Next trouble; on the tabs Policy and Routes the namespace', ['n'], context =>
		narrowed.has(screenOf(context)?.tab ?? 'dns') ? prompted('net namespace ')(context) : ask('next')(context),
	),
	inNetwork('before', 'Trouble before', ['N'], ask('before')),
	inNetwork('port', 'Port of the policy question', ['p'], prompted('net port '), {disabled: only('policy')}),
	inNetwork('left', 'Cell to the left', ['h', 'left'], ask('cell-left'), {group: 'move'}),
	inNetwork('right', 'Cell to the right', ['l', 'right'], ask('cell-right'), {group: 'move'}),
	inNetwork('cancel', 'Cancel the probes that run; else twice within 2 s quits', ['ctrl-c'], ask('cancel'), {group: 'general'}),
	{
		id: 'network.open-path',
		title: 'Path to it, step by step',
		on: ['table', 'object'],
		keys: ['g W'],
		group: 'object',
		disabled: cannotOpen,
		run: openPath,
	},
];
