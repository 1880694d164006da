import type {Severity} from '../../finding.ts';
import {isLoopback} from './addresses.ts';
import {type Corefile, type Directive, pluginsNamed, type ServerBlock} from './corefile.ts';
import {forwardsOf} from './forwards.ts';

/** One thing about a Corefile; `rule` is the letter of diagnosis.md 2.1, check 7. */
export type CorefileLint = Readonly<{rule: string; severity: Severity; line: number; text: string; advice: string}>;

export type LintSetting = Readonly<{
	/** Addresses of the cluster DNS Service. */
	serviceIps: readonly string[];
	/** `1.12.4`, from the image or the metrics; undefined: not known. */
	version?: string;
	/** Ports on which the pods' probes ask CoreDNS. */
	probedPorts: readonly number[];
	/** Names from `coredns_plugin_enabled` of a running pod; undefined: not known. */
	running?: ReadonlySet<string>;
}>;

/** What is wrong or unwise in a Corefile that parses. A custom build may know more, so only a and d weigh as faults. */
export function lintCorefile(corefile: Corefile, setting: LintSetting): readonly CorefileLint[] {
	// Plugins may stand in a file that was not read: then nothing is called absent.
	const whole = corefile.unread.length === 0;
	const main = corefile.blocks.find(({plugins}) => plugins.some(({name}) => name === 'kubernetes')) ?? corefile.blocks[0];
	return [
		...targets(corefile, setting),
		...removed(corefile, setting.version),
		...probes(corefile, setting, whole),
		...(whole && main ? missing(main) : []),
		...corefile.blocks.flatMap(block => inBlock(block)),
	].toSorted((a, b) => a.line - b.line || a.rule.localeCompare(b.rule));
}

function targets(corefile: Corefile, {serviceIps}: LintSetting): readonly CorefileLint[] {
	return forwardsOf(corefile).flatMap(({targets: all, line}) =>
		all.flatMap(({address = '', text}): readonly CorefileLint[] => {
			const itself = serviceIps.includes(address);
			if (!itself && !isLoopback(address)) return [];
			const what = itself ? 'the cluster DNS Service itself' : 'a loopback address: CoreDNS itself, in its own pod';
			return [{rule: 'a', severity: 'warning', line, text: `forward to ${text} is ${what}`, advice: 'Name the addresses of the real upstream servers.'}];
		}),
	);
}

function removed(corefile: Corefile, version: string | undefined): readonly CorefileLint[] {
	if (version === undefined) return [];
	const gone = [
		{name: 'proxy', since: '1.5', advice: 'Use forward.'},
		{name: 'federation', since: '1.7', advice: 'Remove it.'},
	].filter(({since}) => isAtLeast(version, since));
	const plugins = gone.flatMap(({name, since, advice}) => pluginsNamed(corefile, name).map(({line}) => lintRemoved(name, line, since, advice)));
	const upstream = isAtLeast(version, '1.7') ? pluginsNamed(corefile, 'kubernetes').flatMap(({block}) => block.filter(({name}) => name === 'upstream')) : [];
	return [...plugins, ...upstream.map(({line}) => lintRemoved('upstream', line, '1.7', 'Remove it: CoreDNS resolves such names by itself.'))];
}

function lintRemoved(name: string, line: number, since: string, advice: string): CorefileLint {
	return {rule: 'b', severity: 'warning', line, text: `${name} is gone since CoreDNS ${since}`, advice};
}

/** Is the version (`1.12.4`, `v1.8.0-eks`) that one or a later one? */
function isAtLeast(version: string, least: string): boolean {
	const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
	const [wantedMajor = 0, wantedMinor = 0] = least.split('.').map(Number);
	return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

function probes(corefile: Corefile, {probedPorts, running}: LintSetting, whole: boolean): readonly CorefileLint[] {
	const served = [
		{name: 'health', port: 8080},
		{name: 'ready', port: 8181},
	];
	return served.flatMap(({name, port}): readonly CorefileLint[] => {
		const asked = probedPorts.includes(port);
		if (!asked || !whole || pluginsNamed(corefile, name).length > 0 || running?.has(name)) return [];
		const line = corefile.blocks[0]?.line ?? 1;
		return [
			{
				rule: 'd',
				severity: 'critical',
				line,
				text: `no ${name}, but the pods are probed on port ${port}: they can never be ${name === 'ready' ? 'ready' : 'healthy'}`,
				advice: `Add ${name} to the server block.`,
			},
		];
	});
}

function missing({plugins, line}: ServerBlock): readonly CorefileLint[] {
	const wanted: ReadonlyArray<readonly [rule: string, name: string, text: string]> = [
		['c', 'errors', 'no errors: failures are not logged'],
		['e', 'cache', 'no cache: every question goes to the upstream or the API data'],
		['f', 'loop', 'no loop: a forwarding loop is not found until it burns the CPU'],
		['g', 'reload', 'no reload: edits need a restart of the pods'],
	];
	return wanted.flatMap(([rule, name, text]): readonly CorefileLint[] =>
		plugins.some(plugin => plugin.name === name) ? [] : [{rule, severity: 'info', line, text, advice: `Add ${name} to the server block.`}],
	);
}

function inBlock({plugins}: ServerBlock): readonly CorefileLint[] {
	const info = (rule: string, {line}: Directive, text: string, advice: string): CorefileLint => ({rule, severity: 'info', line, text, advice});
	const kubernetes = plugins.findIndex(({name}) => name === 'kubernetes');
	return plugins.flatMap((plugin, index): readonly CorefileLint[] => {
		const option = (name: string, value?: string) => plugin.block.find(one => one.name === name && (value === undefined || one.args[0] === value));
		switch (plugin.name) {
			case 'kubernetes': {
				const ttl = option('ttl', '0');
				const verified = option('pods', 'verified');
				return [
					...(ttl ? [info('h', ttl, 'kubernetes ttl 0: clients cannot keep any answer', 'Use ttl 5 or more.')] : []),
					...(verified
						? [info('k', verified, 'pods verified watches every pod of the cluster: it costs memory', 'Use pods insecure unless pod names are asked for.')]
						: []),
				];
			}
			case 'hosts':
				return kubernetes > index && !option('fallthrough')
					? [info('i', plugin, 'hosts without fallthrough answers NXDOMAIN for the names of its zones that it does not know', 'Add fallthrough.')]
					: [];
			case 'forward': {
				const never = option('max_fails', '0');
				return never ? [info('j', never, 'max_fails 0: an upstream that is dead is never left out', 'Use max_fails 2.')] : [];
			}
			case 'log':
				return [info('l', plugin, 'log writes a line for every question', 'Remove it when you are done looking.')];
			default:
				return [];
		}
	});
}
