import type {Measured, ToolOutput} from '../../../probe.ts';
import {wasCutOff} from '../tools.ts';
import {answered, measured, notUnderstood} from './measured.ts';

/** Below this no resolver has waited for a server: glibc waits 5 s, and 1 s at least. */
const fastMs = 900;
const unnamed = 'no such name, or a server that refused or failed: this tool does not say which';

/** getent has exit code 2 for everything that is no answer: only its time tells a silent server from the rest (trap 4). */
export function readGetent(output: ToolOutput): Measured {
	const {text, exitCode, ms} = output;
	const values = [...text.matchAll(/^([0-9a-f]+[.:][0-9a-f.:]+)\s+\S+/gim)].map(([, value = '']) => value);
	if (exitCode === 0 && values.length > 0) return answered('NOERROR', values, output);
	if (wasCutOff(exitCode)) return measured('timeout', output);
	if (exitCode !== 2) return notUnderstood(output);
	return ms >= fastMs ? measured('timeout', output) : measured('ok', output, {answer: 'OTHER', detail: unnamed});
}

/** `ping NAME` tells the address before it sends anything: for containers without getent. */
export function readPing(output: ToolOutput): Measured {
	const {text, exitCode, ms} = output;
	const value = /^PING \S+ \(([0-9a-f.:]+)\)/im.exec(text)?.[1];
	if (value !== undefined) return answered('NOERROR', [value], output);
	if (/bad address|unknown host|name or service not known|name does not resolve/i.test(text))
		return ms >= fastMs ? measured('timeout', output) : measured('ok', output, {answer: 'OTHER', detail: unnamed});
	if (/temporary failure in name resolution|try again/i.test(text)) return measured(ms >= fastMs ? 'timeout' : 'inconclusive', output);
	// The name was found, but the container may send no ping.
	if (/permission denied|operation not permitted/i.test(text)) return measured('inconclusive', output);
	return wasCutOff(exitCode) ? measured('timeout', output) : notUnderstood(output);
}
