import type {Measured, ToolOutput} from '../../../probe.ts';
import {answerOfWord} from '../dns-message.ts';
import {wasCutOff} from '../tools.ts';
import {answered, measured, notUnderstood, systemFailure} from './measured.ts';

/** `NAME 5 IN A 10.96.0.1` */
const record = /^[^\s;]\S*\s+\d+\s+IN\s+(?:A|AAAA)\s+(\S+)\s*$/gm;
/** Only dig and nslookup before 9.18 say so (trap 1). */
const unexpected = /reply from unexpected source: ([0-9a-f.:]+)#\d+, expected/i;

/** dig, kdig and drill print the header of the answer; their exit code says nothing of it (trap 4). */
export function readDig(output: ToolOutput, tool: 'dig' | 'kdig' | 'drill', protocol: 'udp' | 'tcp'): Measured {
	const {text} = output;
	const source = unexpected.exec(text)?.[1];
	if (source !== undefined) return measured('wrong-source', output, {answeredBy: source});
	const status = /^;; ->>HEADER<<-.*\b(?:status|rcode): ([A-Z0-9]+)/m.exec(text)?.[1];
	if (status !== undefined) {
		const count = Number(/\bANSWER: (\d+)/.exec(text)?.[1] ?? 0);
		return answered(
			answerOfWord(status, count),
			[...text.matchAll(record)].map(([, value = '']) => value),
			output,
		);
	}
	if (tool === 'drill') return readDrillFailure(output, protocol);
	// kdig says `can't connect` for every reason; a closed port tells at once.
	if (/can't connect to /.test(text)) return measured(output.ms < 1_500 ? 'refused' : 'timeout', output);
	const failure = systemFailure(text) ?? (/response timeout/.test(text) || wasCutOff(output.exitCode) ? 'timeout' : undefined);
	return failure === undefined ? notUnderstood(output) : measured(failure, output);
}

/** One text for all reasons; it asks again for longer than we wait. */
function readDrillFailure(output: ToolOutput, protocol: 'udp' | 'tcp'): Measured {
	if (wasCutOff(output.exitCode)) return measured('timeout', output);
	if (!/error sending query/i.test(output.text)) return notUnderstood(output);
	if (output.ms >= 1_500) return measured('timeout', output);
	return measured(protocol === 'tcp' ? 'refused' : 'inconclusive', output);
}
