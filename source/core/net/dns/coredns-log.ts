import {clean, head} from '../../text.ts';

/** What a line of CoreDNS's log can tell of. */
export const logKinds = [
	'loop',
	'corefile',
	'reload-failed',
	'reloaded',
	'upstream',
	'servfail',
	'api-watch',
	'api-forbidden',
	'api-unsynced',
	'not-ready',
	'max-concurrent',
	'health-slow',
	'panic',
] as const;
export type LogKind = (typeof logKinds)[number];

/** A line that tells something. `at`: ms, from its timestamp. */
export type LogMatch = Readonly<{
	kind: LogKind;
	at: number;
	/** The line, made safe and short. */
	line: string;
	/** `10.0.0.2:53`. */
	upstream?: string;
	/** How it failed: `i/o timeout`. */
	cause?: string;
	/** The question was for an AAAA record. */
	aaaa?: boolean;
}>;

const lineCells = 400;

type Pattern = Readonly<{kind: LogKind; pattern: RegExp}>;

// Anchored on the plugin that writes them, so that a name which is looked up cannot forge a line.
const patterns: readonly Pattern[] = [
	{kind: 'loop', pattern: /^(?:\[FATAL\] )?plugin\/loop: Loop \(.*\) detected for zone/},
	{kind: 'reload-failed', pattern: /^(?:\[\w+\] )?plugin\/reload: Corefile (?:changed but reload failed|parse failed)/},
	{kind: 'reloaded', pattern: /^(?:\[\w+\] )?(?:plugin\/reload: Running configuration|Reloading complete)/},
	{
		kind: 'corefile',
		pattern: /^(?:\S+: )?(?:Corefile|plugin\/\w+|.*\bCorefile):\d+ - Error during parsing|^(?:\S+: )?Unknown directive '[^']*'|^plugin\/\w+: this plugin /,
	},
	{kind: 'max-concurrent', pattern: /^(?:\[\w+\] )?plugin\/(?:errors|forward): .*concurrent queries exceeded maximum/},
	{
		kind: 'upstream',
		pattern:
			/^(?:\[\w+\] )?plugin\/errors: \d+ \S+ \S+: (?:(?:read|write) (?:udp|tcp) \S+->|dial (?:udp|tcp) )(?<upstream>\[[^\]]+\]:\d+|[\d.]+:\d+): (?<cause>.+)$/,
	},
	{kind: 'servfail', pattern: /^(?:\[\w+\] )?plugin\/errors: \d+ \S+ \S+: /},
	{kind: 'api-forbidden', pattern: /(?:^|\] )plugin\/kubernetes: .*\bis forbidden\b/},
	{
		kind: 'api-unsynced',
		pattern: /(?:^|\] )plugin\/kubernetes: (?:starting server with unsynced Kubernetes API|waiting for Kubernetes API before starting server)/i,
	},
	{
		kind: 'api-watch',
		pattern: /(?:^|\] )plugin\/kubernetes: .*(?:Failed to watch|failed to list|Unhandled|Unauthorized|i\/o timeout|connection refused|no route to host)/i,
	},
	{kind: 'not-ready', pattern: /^(?:\[\w+\] )?plugin\/ready: (?:Plugins not ready: |Still waiting on: )/},
	{kind: 'health-slow', pattern: /^(?:\[\w+\] )?plugin\/health: Local health request to .*(?:failed|took more than 1s)/},
	{kind: 'panic', pattern: /^(?:\[\w+\] )?(?:Recovered from panic|panic: )/},
];

/** What the log of a CoreDNS container tells: lines `RFC3339Nano SP text`, oldest first. Lines that tell nothing are left out. */
export function corednsLogMatches(log: string): readonly LogMatch[] {
	return log.split('\n').flatMap(line => {
		const blank = line.indexOf(' ');
		const at = blank > 0 ? Date.parse(line.slice(0, blank)) : Number.NaN;
		const match = Number.isNaN(at) ? undefined : matchOf(line.slice(blank + 1).trimEnd(), at);
		return match ? [match] : [];
	});
}

function matchOf(text: string, at: number): LogMatch | undefined {
	for (const {kind, pattern} of patterns) {
		const found = pattern.exec(text);
		if (!found) continue;
		const {upstream, cause} = found.groups ?? {};
		return {
			kind,
			at,
			line: safe(text),
			...(upstream === undefined ? {} : {upstream}),
			...(cause === undefined ? {} : {cause: safe(cause.replace(/^(?:read|write|connect): /, ''))}),
			...(kind === 'upstream' ? {aaaa: /plugin\/errors: \d+ \S+ AAAA: /.test(text)} : {}),
		};
	}
	return undefined;
}

/** Names that are looked up stand in these lines, and anybody may look one up. */
function safe(text: string): string {
	return head(clean(text), lineCells);
}

/** How often in the last minute, five and fifteen. */
export type LogCount = Readonly<{
	kind: LogKind;
	upstream?: string;
	last1: number;
	last5: number;
	last15: number /** Every one of them was a question for IPv6 addresses. */;
	onlyAaaa: boolean;
	newest: LogMatch;
}>;

const minuteMs = 60_000;

/** Matches counted by kind (and upstream) over 1, 5 and 15 minutes before `now`; older ones are left out. The most frequent first. */
export function countMatches(matches: readonly LogMatch[], now: number): readonly LogCount[] {
	const recent = matches.filter(({at, kind}) => now - at < 15 * minuteMs && kind !== 'reloaded');
	return [...Map.groupBy(recent, ({kind, upstream = ''}) => `${kind} ${upstream}`).values()]
		.flatMap((group): readonly LogCount[] => {
			const newest = group.reduce((a, b) => (b.at > a.at ? b : a));
			const within = (minutes: number): number => group.filter(({at}) => now - at < minutes * minuteMs).length;
			const {kind, upstream} = newest;
			return [
				{
					kind,
					...(upstream === undefined ? {} : {upstream}),
					last1: within(1),
					last5: within(5),
					last15: group.length,
					onlyAaaa: group.every(({aaaa}) => aaaa === true),
					newest,
				},
			];
		})
		.toSorted((a, b) => b.last15 - a.last15 || a.kind.localeCompare(b.kind));
}
