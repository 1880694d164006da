import type {Measured, ToolOutput} from '../../../probe.ts';
import {wasCutOff} from '../tools.ts';
import {measured, notUnderstood, systemFailure} from './measured.ts';

export type ConnectTool = 'bash' | 'nc (openbsd)' | 'nc (traditional)' | 'ncat' | 'nc (busybox)' | 'curl' | 'wget (gnu)' | 'wget (busybox)';

/** What a tool that opened a TCP connection, or tried to, has printed. */
export function readConnect(output: ToolOutput, tool: string): Measured {
	const {text, exitCode} = output;
	const failure = systemFailure(text);
	switch (tool) {
		case 'bash':
			if (exitCode === 0) return measured('ok', output);
			if (failure !== undefined) return measured(failure, output);
			return wasCutOff(exitCode) ? measured('timeout', output) : notUnderstood(output);
		case 'nc (openbsd)':
			if (/succeeded!/.test(text) && exitCode === 0) return measured('ok', output);
			return failure === undefined ? notUnderstood(output) : measured(failure, output);
		case 'nc (traditional)':
			if (/\) open$/m.test(text) && exitCode === 0) return measured('ok', output);
			return failure === undefined ? notUnderstood(output) : measured(failure, output);
		case 'ncat':
			if (/^Ncat: Connected to /m.test(text) && exitCode === 0) return measured('ok', output);
			return failure === undefined ? notUnderstood(output) : measured(failure, output);
		case 'nc (busybox)':
			return readBusyboxNc(output);
		case 'curl':
			return readCurl(output);
		case 'wget (gnu)':
			if (/connected\.\s*$|connected\.\n/m.test(text)) return measured('ok', output);
			return failure === undefined ? notUnderstood(output) : measured(failure, output);
		default:
			return readBusyboxWget(output);
	}
}

/** It has neither -z nor -v (trap 7): silence and 0 is success, and so is a port that stays open and silent until `timeout` ends it. */
function readBusyboxNc(output: ToolOutput): Measured {
	if (output.exitCode === 0) return measured('ok', output, {detail: 'connected'});
	const failure = systemFailure(output.text);
	if (failure !== undefined) return measured(failure, output);
	return wasCutOff(output.exitCode) ? measured('ok', output, {detail: 'connected, and nothing was said'}) : notUnderstood(output);
}

/** 28 is a silent open port as well as a connection that never came (trap 6): the time of the connection decides. */
function readCurl(output: ToolOutput): Measured {
	const {text, exitCode} = output;
	const seconds = Number(/(\d+\.\d+)\s*$/m.exec(text.split('\n').find(line => /^\d+\.\d+/.test(line)) ?? '')?.[1] ?? Number.NaN);
	if (seconds > 0) return measured('ok', output);
	if (exitCode === 7) return measured(/no route|unreachable/i.test(text) ? 'no-route' : 'refused', output);
	return exitCode === 28 && seconds === 0 ? measured('timeout', output) : notUnderstood(output);
}

/** It speaks HTTP at once: an answer of any sort is a connection; a time-out may be either side's. */
function readBusyboxWget(output: ToolOutput): Measured {
	const {text, exitCode} = output;
	if (exitCode === 0 || /server returned error|error getting response|bad response|bad header/i.test(text)) return measured('ok', output);
	const failure = systemFailure(text);
	if (failure === 'timeout') return measured('inconclusive', output);
	return failure === undefined ? notUnderstood(output) : measured(failure, output);
}
