import {readFileSync} from 'node:fs';
import type {ProbeSource} from '../../source/core/net/cell.ts';
import type {ProbeQuestion} from '../../source/core/net/probe/probe-plan.ts';
import type {ToolOutput} from '../../source/core/probe.ts';
import {fixturePath} from './repository.ts';

/** What a tool printed to a batch, recorded against servers on loopback that each have one fault. */
export type Recording = ToolOutput & Readonly<{probe: string; tool: string; program: string; protocol: 'udp' | 'tcp'; case: string}>;

export function recordings(probe: string): readonly Recording[] {
	const lines = readFileSync(fixturePath('probes', 'recorded.ndjson'), 'utf8').trimEnd().split('\n');
	// The file has one recording a line.
	return lines.map(line => JSON.parse(line) as Recording).filter(recording => recording.probe === probe);
}

/** What discovery printed in containers that have these tools; the nonce is `kfeed`. */
export function recordedDiscoveries(): Readonly<Record<string, string>> {
	// As above: a record of texts.
	return JSON.parse(readFileSync(fixturePath('probes', 'discovery.json'), 'utf8')) as Readonly<Record<string, string>>;
}

export const testSource: ProbeSource = {role: 'A', namespace: 'demo', pod: 'shell-1', container: 'sh', node: 'n1', podIp: '10.244.1.2', hasDns: false};

/** A question to a CoreDNS pod, but for what is given. */
export function question(parts: Partial<ProbeQuestion> = {}): ProbeQuestion {
	return {
		id: 1,
		probe: 'dns-query',
		row: 'R4',
		from: testSource,
		to: {kind: 'dns-pod', title: 'coredns-1', address: '10.244.2.5', port: 53},
		protocol: 'udp',
		name: 'kubernetes.default.svc.cluster.local.',
		samples: 1,
		...parts,
	};
}

export function output(text: string, exitCode = 0, ms = 10): ToolOutput {
	return {text, exitCode, ms};
}

export function fields(line: string): ReadonlyMap<string, string> {
	return new Map(line.split(' ').map(word => [word.split('=')[0] ?? '', word.slice(word.indexOf('=') + 1)] as const));
}
