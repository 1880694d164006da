import {topScreen} from '../core/app-state.ts';
import type {Command, CommandContext} from '../core/command.ts';
import type {Effect} from '../core/effect.ts';
import {networkScreen, unmoved} from '../core/net/network-start.ts';
import {type NetworkTab, networkTabs} from '../core/net/network-view.ts';
import {readDestination} from '../core/net/trace/destination.ts';
import type {NetworkScreen} from '../core/screen.ts';

const usage =
	':net [dns [NAME] | path DESTINATION | policy | probes | routes | target DESTINATION | from NAMESPACE/POD | name NAME | port PORT | namespace NAMESPACE | image IMAGE | what-if FILE]';

/** Changes the Network screen on top, or opens one with that change. */
function show(change: Partial<Omit<NetworkScreen, 'type'>>, {frame}: CommandContext): readonly Effect[] {
	const screen = topScreen(frame.state);
	if (screen.type === 'network') return [{type: 'change', screen: {type: 'network', top: 0, cursor: unmoved, ...change}}];
	const {namespace} = frame.state;
	return [{type: 'open', screen: networkScreen({...(namespace === undefined ? {} : {namespace}), ...change})}];
}

/** What is left out again: `:net from` alone goes back to a client that is chosen. */
function setting(key: 'from' | 'name' | 'port' | 'namespace', value: string | undefined, context: CommandContext): readonly Effect[] {
	const tab: Readonly<Partial<Record<typeof key, NetworkTab>>> = {name: 'dns', port: 'policy'};
	return show({[key]: value ?? '', ...(tab[key] === undefined ? {} : {tab: tab[key]})}, context);
}

/** `target` stays on the Probes tab, which explains the way of a packet to a Service as well. */
function path(destination: string | undefined, context: CommandContext, stays: boolean): readonly Effect[] {
	const screen = topScreen(context.frame.state);
	const tab = stays && screen.type === 'network' && screen.tab === 'probes' ? {} : {tab: 'path' as const};
	if (destination === undefined) return show({...tab, target: ''}, context);
	const read = readDestination(destination);
	return read.ok ? show({...tab, target: read.destination.text}, context) : [{type: 'notice', tone: 'warning', text: read.refusal}];
}

function run(words: readonly string[], context: CommandContext): readonly Effect[] {
	const [word = 'dns', value] = words;
	switch (word) {
		case 'path':
			return path(value, context, false);
		case 'target':
			return path(value, context, true);
		case 'from':
		case 'name':
		case 'port':
		case 'namespace':
			return setting(word, value, context);
		case 'what-if':
			return [...show({tab: 'policy'}, context), {type: 'page-command', command: 'what-if', words: words.slice(1)}];
		case 'image':
			return [...(topScreen(context.frame.state).type === 'network' ? [] : show({}, context)), {type: 'page-command', command: 'image', words: words.slice(1)}];
		case 'probe':
			return show({tab: 'probes'}, context);
		default: {
			const tab = networkTabs.find(one => one === word);
			if (tab === undefined) return [{type: 'notice', tone: 'warning', text: `There is no net view ${word}. ${usage}`}];
			return show({tab, ...(tab === 'dns' && value !== undefined ? {name: value} : {})}, context);
		}
	}
}

export const net: Command = {
	name: 'net',
	aliases: ['network'],
	usage,
	summary: 'Why a name does not resolve or a Service is not reached: DNS, path, policy, probes, routes',
	choices: () => [...networkTabs, 'target', 'from', 'name', 'port', 'namespace', 'image', 'what-if'],
	run,
};
