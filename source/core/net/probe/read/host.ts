import type {Measured, ToolOutput} from '../../../probe.ts';
import {answerOfWord} from '../dns-message.ts';
import {answered, measured, notUnderstood, systemFailure} from './measured.ts';

/** `host` of bind. */
export function readHost(output: ToolOutput): Measured {
	const {text, exitCode} = output;
	const source = /reply from unexpected source: ([0-9a-f.:]+)#\d+, expected/i.exec(text)?.[1];
	if (source !== undefined) return measured('wrong-source', output, {answeredBy: source});
	const word = /^Host \S+ not found: \d+\(([A-Z]+)\)/m.exec(text)?.[1];
	if (word !== undefined) return answered(answerOfWord(word, 0), [], output);
	const values = [...text.matchAll(/^\S+ has (?:IPv6 )?address (\S+)\s*$/gm)].map(([, value = '']) => value);
	if (values.length > 0 && exitCode === 0) return answered('NOERROR', values, output);
	const failure = systemFailure(text);
	if (failure !== undefined) return measured(failure, output);
	const isEmpty = exitCode === 0 && (/has no \S+ record/.test(text) || /^Using domain server:\n.*\n.*\nAliases:\s*$/.test(text));
	return isEmpty ? answered('NODATA', [], output) : notUnderstood(output);
}
