import {clean, head} from '../text.ts';
import {timestamp} from '../timestamp.ts';

const lineCells = 400;

export type KubeProxyTrouble = 'restore' | 'watch' | 'sysctl' | 'conntrack' | 'ipvs';
export type KubeProxyMatch = Readonly<{kind: KubeProxyTrouble; at: number; line: string}>;
/** `kube-proxy-log`, target `namespace/pod`: the lines of its log that tell of trouble, oldest first. */
export type KubeProxyLogFacts = Readonly<{matches: readonly KubeProxyMatch[]; lines: number}>;

const patterns: ReadonlyArray<readonly [KubeProxyTrouble, RegExp]> = [
	['restore', /Failed to execute (?:iptables|ip6tables)-restore|Failed to (?:sync|ensure).*(?:chain|rule)|nftables (?:sync|transaction) failed/i],
	['watch', /Failed to (?:list|watch) \*v1|Failed to watch|reflector.*(?:failed|unable) to (?:list|watch)/i],
	['sysctl', /can't set sysctl|Failed to set sysctl/i],
	['conntrack', /nf_conntrack_max|nf_conntrack: table full/i],
	['ipvs', /ipvs.*(?:not (?:loaded|available|supported)|falling back)|can't use the IPVS proxier/i],
];

/** The troubled lines of a log as the API serves it with timestamps: `RFC3339Nano SP text`. Lines without a time are left out. */
export function kubeProxyLogMatches(text: string): readonly KubeProxyMatch[] {
	return text.split('\n').flatMap(raw => {
		const space = raw.indexOf(' ');
		const at = timestamp(raw.slice(0, space));
		const line = head(clean(raw.slice(space + 1).trim()), lineCells);
		const kind = patterns.find(([, pattern]) => pattern.test(line))?.[0];
		return at === undefined || kind === undefined ? [] : [{kind, at, line}];
	});
}
