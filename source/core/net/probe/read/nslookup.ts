import type {Measured, ToolOutput} from '../../../probe.ts';
import {answerOfWord} from '../dns-message.ts';
import {wasCutOff} from '../tools.ts';
import {answered, measured, notUnderstood, systemFailure} from './measured.ts';

/** nslookup of bind, and of busybox from 1.29 on: the same words, but for the port behind the server's address. */
export function readNslookup(output: ToolOutput): Measured {
	const {text, exitCode} = output;
	const source = /reply from unexpected source: ([0-9a-f.:]+)#\d+, expected/i.exec(text)?.[1];
	if (source !== undefined) return measured('wrong-source', output, {answeredBy: source});
	const word = /^\*\* server can't find \S+: ([A-Z]+)\s*$/m.exec(text)?.[1];
	if (word !== undefined) return answered(answerOfWord(word, 0), [], output);
	const values = addressesAfterName(text, /^Address: ([0-9a-f.:]+)\s*$/i);
	if (values.length > 0 && exitCode === 0) return answered('NOERROR', values, output);
	const failure = systemFailure(text);
	if (failure !== undefined) return measured(failure, output);
	if (/^\*\*\* Can't find \S+: No answer/m.test(text)) return answered('NODATA', [], output);
	// The server's own address and nothing else: busybox's way to say that there is no such record.
	if (exitCode === 0 && /^Server:\s+\S+\s+Address:\s+\S+[:#]\d+\s*$/.test(text)) return answered('NODATA', [], output);
	return wasCutOff(exitCode) ? measured('timeout', output) : notUnderstood(output);
}

/** busybox before 1.29 says `can't resolve` for everything; it waits 5 s for a server that is silent. */
export function readOldNslookup(output: ToolOutput): Measured {
	const {text, exitCode, ms} = output;
	const values = addressesAfterName(text, /^Address \d+: ([0-9a-f.:]+)(?:\s|$)/i);
	if (values.length > 0 && exitCode === 0) return answered('NOERROR', values, output);
	if (wasCutOff(exitCode) || (/can't resolve/.test(text) && ms >= 4_000)) return measured('timeout', output);
	return /can't resolve/.test(text) ? measured('inconclusive', output) : notUnderstood(output);
}

/** Before the first `Name:` stands the server itself. */
function addressesAfterName(text: string, pattern: RegExp): readonly string[] {
	const lines = text.split('\n');
	const start = lines.findIndex(line => line.startsWith('Name:'));
	return start === -1 ? [] : lines.slice(start).flatMap(line => pattern.exec(line)?.[1] ?? []);
}
