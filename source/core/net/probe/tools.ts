/** What a container has to ask with, as the discovery found it. */
export type Tools = Readonly<{
	/** Which shell runs the batches; undefined: none. */
	shell?: 'sh' | 'bash';
	/** Our own program can run in it: better than every tool, because it shows who answered. */
	runtime?: 'python3' | 'node';
	/** Names of the commands that were found. */
	has: ReadonlySet<string>;
	nslookup?: 'bind' | 'busybox' | 'busybox-old';
	nc?: 'openbsd' | 'busybox' | 'traditional' | 'ncat';
	/** `busybox-old`: built without -T, where it crashes. */
	wget?: 'gnu' | 'busybox' | 'busybox-old';
	/** busybox before 1.30 wants `timeout -t 3`, all others `timeout 3`. */
	timeout?: 'plain' | 'dash-t';
}>;

/** Nothing at all was found. */
export const noTools: Tools = {has: new Set()};

const looked = [
	'python3',
	'node',
	'dig',
	'kdig',
	'nslookup',
	'host',
	'drill',
	'getent',
	'bash',
	'nc',
	'ncat',
	'curl',
	'wget',
	'timeout',
	'head',
	'od',
	'dd',
	'ping',
] as const;
const asked = ['nslookup', 'nc', 'wget', 'python3'] as const;

/** Prints a line for each tool, the first words of those that come in several kinds, and which kind of `timeout` there is. */
const script = [
	// Help texts have stars: no file names in their place.
	'N=$1;set -f',
	`for t in ${looked.join(' ')};do p=$(command -v $t)&&echo "$N tool $t $p";done`,
	`for t in ${asked.join(' ')};do command -v $t >/dev/null&&echo "$N help $t" $($t --help </dev/null 2>&1|head -c 400);done`,
	'if timeout 1 sh -c : 2>/dev/null;then echo "$N timeout plain";elif timeout -t 1 sh -c : 2>/dev/null;then echo "$N timeout dash-t";fi',
	'echo "$N end"',
].join('\n');

/** What finds the tools of a container that has a shell. */
export function discoveryArgv(nonce: string): readonly string[] {
	return ['sh', '-c', script, 'k8tui', nonce];
}

/** What discovery printed; undefined where it did not come to its end. Only lines that begin with the nonce count. */
export function readDiscovery(text: string, nonce: string): Tools | undefined {
	const has = new Set<string>();
	const help = new Map<string, string>();
	let timeout: Tools['timeout'];
	let isWhole = false;
	for (const line of text.split('\n')) {
		const [mark, kind, name = '', ...rest] = line.trimEnd().split(' ');
		if (mark !== nonce) continue;
		if (kind === 'tool' && rest.length > 0) has.add(name);
		else if (kind === 'help') help.set(name, rest.join(' '));
		else if (kind === 'timeout' && (name === 'plain' || name === 'dash-t')) timeout = name;
		else if (kind === 'end') isWhole = true;
	}
	if (!isWhole) return undefined;
	const nslookup = has.has('nslookup') ? nslookupKind(help.get('nslookup') ?? '') : undefined;
	const nc = has.has('nc') ? ncKind(help.get('nc') ?? '') : has.has('ncat') ? 'ncat' : undefined;
	const wget = has.has('wget') ? wgetKind(help.get('wget') ?? '') : undefined;
	// A python3 that cannot even say how it is used (a broken installation) is none.
	const hasPython = has.has('python3') && /usage/i.test(help.get('python3') ?? '');
	const runtime = hasPython ? 'python3' : has.has('node') ? 'node' : undefined;
	return {
		shell: 'sh',
		has,
		...(runtime === undefined ? {} : {runtime}),
		...(nslookup === undefined ? {} : {nslookup}),
		...(nc === undefined ? {} : {nc}),
		...(wget === undefined ? {} : {wget}),
		...(timeout === undefined ? {} : {timeout}),
	};
}

/** busybox had its small nslookup up to 1.28: it knows no options and cannot tell one failure from another. */
function nslookupKind(help: string): Tools['nslookup'] {
	const [, major, minor] = /BusyBox v(\d+)\.(\d+)/i.exec(help) ?? [];
	if (major === undefined) return 'bind';
	return Number(major) === 1 && Number(minor) < 29 ? 'busybox-old' : 'busybox';
}

function wgetKind(help: string): Tools['wget'] {
	if (!/busybox/i.test(help)) return 'gnu';
	return /\[-T SEC\]|-T SEC/.test(help) ? 'busybox' : 'busybox-old';
}

function ncKind(help: string): Tools['nc'] {
	if (/busybox/i.test(help)) return 'busybox';
	if (/ncat/i.test(help)) return 'ncat';
	if (/nc -h for help|v1\.10/.test(help)) return 'traditional';
	return 'openbsd';
}

/** Ends a command after so many seconds, where that can be done: words that go before it. */
export function limited(tools: Tools, seconds: number): readonly string[] {
	if (tools.timeout === undefined) return [];
	return tools.timeout === 'plain' ? ['timeout', String(seconds)] : ['timeout', '-t', String(seconds)];
}

/** A command that was ended by `timeout`: coreutils 124, busybox 143 (trap 7). */
export function wasCutOff(exitCode: number): boolean {
	return exitCode === 124 || exitCode === 143;
}
