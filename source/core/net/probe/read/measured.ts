import type {CellTransport, DnsAnswer} from '../../cell.ts';
import type {Measured, ToolOutput} from '../../../probe.ts';
import {sanitise} from '../sanitise.ts';

/** What a tool's output came to, with the output for `why`. */
export function measured(transport: CellTransport, output: ToolOutput, more: Partial<Measured> = {}): Measured {
	return {transport, ms: output.ms, detail: sanitise(output.text) || `exit code ${output.exitCode}`, ...more};
}

/** The way was good, and this came back. */
export function answered(answer: DnsAnswer, values: readonly string[], output: ToolOutput): Measured {
	return measured('ok', output, {answer, ...(values.length === 0 ? {} : {values: [...new Set(values)]})});
}

/** The words of the system for a failed connection, as every tool prints them; undefined where there are none. */
export function systemFailure(text: string): CellTransport | undefined {
	if (/connection refused/i.test(text)) return 'refused';
	if (/no route to host|(?:network|host) (?:is )?unreachable/i.test(text)) return 'no-route';
	if (/timed out|timeout was reached|time-?out/i.test(text)) return 'timeout';
	return undefined;
}

/** It could not be run, or it printed what nobody knows: no fact about the network. */
export function notUnderstood(output: ToolOutput): Measured {
	if (output.exitCode === 126 || output.exitCode === 127) return measured('tool-missing', output);
	return measured('tool-error', output);
}
