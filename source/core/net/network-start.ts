import type {NetWish} from '../invocation.ts';
import type {Ref} from '../kubernetes.ts';
import type {NetworkScreen} from '../screen.ts';
import type {NetworkTab, NetworkView} from './network-view.ts';

/** A cursor that nobody has moved: it is where the page has it. */
export const unmoved = ':';

/** The Network screen as it is first seen. */
export function networkScreen(options: Partial<Omit<NetworkScreen, 'type'>> = {}): NetworkScreen {
	return {type: 'network', tab: 'dns', faultsOnly: false, top: 0, ...options};
}

/** The destination that stands for an object: `svc/web.shop`; undefined: no path leads to its kind. */
export function pathTo({kind, namespace, name}: Pick<Ref, 'kind' | 'namespace' | 'name'>): string | undefined {
	const words: Readonly<Record<string, string>> = {Service: 'svc', Pod: 'pod', Ingress: 'ingress', HTTPRoute: 'httproute', Gateway: 'gateway'};
	const word = words[kind];
	return word === undefined || namespace === undefined ? undefined : `${word}/${name}.${namespace}`;
}

const tabs: Readonly<Record<NetWish['view'], NetworkTab>> = {dns: 'dns', path: 'path', policy: 'policy', probe: 'probes', routes: 'routes'};

/** The screen that a command line asks for. */
export function screenOfWish({view, destination, from, to, port, name}: NetWish, namespace: string | undefined): NetworkScreen {
	return networkScreen({
		tab: tabs[view],
		...(destination === undefined ? {} : {target: destination}),
		...(from === undefined ? {} : {from}),
		...(name === undefined ? {} : {name}),
		...(port === undefined ? {} : {port}),
		...(to === undefined ? {} : {column: to}),
		...(namespace === undefined ? {} : {namespace}),
	});
}

/** What is looked at, without the words that were taken back: a setting that is '' is none. */
export function viewOfScreen({tab, faultsOnly, from, target, name, row, column, port, namespace}: NetworkScreen): NetworkView {
	const words = Object.entries({from, target, name, row, column, port, namespace}).filter(([, value]) => value !== undefined && value !== '');
	return {tab, faultsOnly, ...Object.fromEntries(words)};
}

const words: Readonly<Record<NetworkTab, NetWish['view']>> = {dns: 'dns', path: 'path', policy: 'policy', probes: 'probe', routes: 'routes'};

/** What stands behind `k8tui net` to see the same: the view and what it is about. A path without a destination is opened by another one. */
export function networkWords(screen: NetworkScreen): readonly string[] {
	const {tab, from, target, name, port, namespace} = viewOfScreen(screen);
	const isPath = tab === 'path' && target !== undefined;
	const isNarrowed = tab === 'policy' || tab === 'routes';
	return [
		tab === 'path' && !isPath ? 'dns' : words[tab],
		...(isPath ? [target] : []),
		...(from === undefined || isNarrowed ? [] : ['--from', from]),
		...(tab === 'dns' && name !== undefined ? ['--name', name] : []),
		...(tab === 'policy' && port !== undefined ? ['--port', port] : []),
		...(isNarrowed && namespace !== undefined ? ['-n', namespace] : []),
	];
}
