import {type Line, span} from '../core/line.ts';
import type {NetReport, Verdict} from '../core/net/net-report.ts';
import {confidenceWord} from '../core/net/net-words.ts';
import type {PageSetting} from '../core/page.ts';
import type {Tone} from '../core/tone.ts';
import {line, wrap} from './fit.ts';
import {stateMark} from './state-mark.ts';

/** What a verdict is called in a few words; others keep their id. */
const headlines: Readonly<Record<string, string>> = {
	DNS_SAME_NODE_NO_UNNAT: 'SAME-NODE MASQUERADE',
	NET_OVERLAY_DROPPED: 'OVERLAY BROKEN',
	NET_NODE_PAIR: 'TWO NODES APART',
	KPROXY_NODE_RULES: 'SERVICE RULES OF A NODE',
	SERVICE_PLANE: 'SERVICE PLANE',
	DNS_UPSTREAM_FAILING: 'UPSTREAM',
	DNS_EGRESS_BLOCKED: 'COREDNS EGRESS',
	DNS_NO_READY_ENDPOINTS: 'COREDNS DOWN',
	DNS_SVC_MISSING: 'NO DNS SERVICE',
	DNS_LOOP: 'FORWARDING LOOP',
	DNS_COREFILE_INVALID: 'COREFILE',
	DNS_COREFILE_NO_KUBERNETES: 'COREFILE',
	DNS_APISERVER_UNREACHABLE: 'COREDNS TO API',
	DNS_CLUSTERDNS_MISMATCH: 'CLUSTERDNS',
	DNS_SEARCH_PATH: 'SEARCH PATH',
	DNS_NAME_WRONG: 'NO SUCH NAME',
	DNS_WILDCARD_HIJACK: 'WILDCARD',
	DNS_PROTOCOL_BLOCKED: 'ONE PROTOCOL BLOCKED',
	NP_EGRESS_BLOCKS_DNS: 'POLICY',
	NP_BLOCKS_SERVICE: 'POLICY',
	NET_MTU_BLACKHOLE: 'MTU',
	NET_HAIRPIN: 'HAIRPIN',
	NODE_NOT_READY: 'NODE DOWN',
	NODE_CNI_NOT_READY: 'NO POD NETWORK',
	NET_NO_FAULT_REPRODUCED: 'NO FAULT SEEN',
	NET_NOT_PROBED: 'NOT PROBED',
	NET_INCONCLUSIVE: 'NOT DECIDED',
	PATH_OK: 'PATH COMPLETE',
};

/** The colour of a verdict; what was not probed or not decided is never `ok`. */
export function verdictTone({severity, id}: Pick<Verdict, 'severity' | 'id'>): Tone {
	if (severity === 'critical') return 'error';
	if (severity === 'warning') return 'warning';
	if (severity === 'none' && id !== 'NET_NOT_PROBED') return 'ok';
	return 'unknown';
}

/** The verdict in at most `most` lines: `X SAME-NODE MASQUERADE: Node n1: pods beside … (high)`; under it what it rests on, while there is room. */
export function verdictLines(report: NetReport, most: number, setting: PageSetting): readonly Line[] {
	const {verdict} = report;
	const tone = verdictTone(verdict);
	const isFault = verdict.severity === 'critical' || verdict.severity === 'warning';
	const text = `${headlines[verdict.id] ?? verdict.id}: ${verdict.title}${isFault ? ` (${confidenceWord(verdict.confidence)})` : ''}`;
	const parts = wrap(text, setting.body.columns - 4);
	const shown = parts.length <= most ? parts : [...parts.slice(0, most - 1), parts.slice(most - 1).join(' ')];
	const lines = shown.map((part, index) => line(index === 0 ? stateMark(tone, setting) : ' ', ' ', {text: part, tone, bold: true}));
	const proof = isFault ? (verdict.evidence.find(({path}) => !path.startsWith('probe')) ?? verdict.evidence[0]) : undefined;
	return lines.length < most && proof ? [...lines, line('   ', span(`${proof.path}: ${proof.value}`, 'muted'))] : lines;
}
