import type {Measured, ToolOutput} from '../../../probe.ts';
import {wasCutOff} from '../tools.ts';
import {measured, notUnderstood, systemFailure} from './measured.ts';

/** nc -w 3 has waited. */
const silentMs = 2_500;

/** What came of a GET: values are the status (`200`; empty where the tool does not tell) and the bytes of the body. */
export function readHttp(output: ToolOutput, tool: string): Measured {
	if (tool === 'curl') return readCurl(output);
	const {text, exitCode} = output;
	const code = Number(/^code (\d+)\s*$/m.exec(text)?.[1] ?? Number.NaN);
	const counts = text.split('\n').filter(line => /^\s*\d+\s*$/.test(line));
	const bytes = Number(counts.at(-1) ?? Number.NaN);
	if (!Number.isInteger(code) || !Number.isInteger(bytes) || exitCode !== 0) return notUnderstood(output);
	const status = /HTTP\/[\d.]+ (\d{3})|ERROR (\d{3})/.exec(text);
	const said = status?.[1] ?? status?.[2];
	// After a good status only a whole body is an answer; wget ends with 1 or 8 for a bad one.
	if (said !== undefined && (code === 0 || !said.startsWith('2'))) return whole(said, bytes, output);
	if (code === 0 && bytes > 0) return whole(tool === 'nc' ? '' : '200', bytes, output);
	const failure = systemFailure(text);
	if (failure !== undefined) return measured(failure, output, {values: [said ?? '', String(bytes)]});
	if (wasCutOff(code)) return measured('timeout', output, {values: [said ?? '', String(bytes)]});
	// nc is silent about what went wrong, but for its time.
	if (tool === 'nc' && bytes === 0) return measured(code === 1 && output.ms >= silentMs ? 'timeout' : 'inconclusive', output);
	return notUnderstood({...output, exitCode: code});
}

function whole(status: string, bytes: number, output: ToolOutput): Measured {
	return measured('ok', output, {values: [status, String(bytes)], detail: `${status === '' ? 'an answer' : `HTTP ${status}`}, ${bytes} bytes`});
}

/** `200/24719` at the end of what it printed; 000 is no answer. */
function readCurl(output: ToolOutput): Measured {
	const [, status = '', bytes = '0'] = /^(\d{3})\/(\d+)\s*$/m.exec(output.text) ?? [];
	if (output.exitCode === 0 && status !== '' && status !== '000') return whole(status, Number(bytes), output);
	if (output.exitCode === 7) return measured(/no route|unreachable/i.test(output.text) ? 'no-route' : 'refused', output, {values: ['', '0']});
	if (output.exitCode === 28) return measured('timeout', output, {values: [status === '000' ? '' : status, bytes]});
	return notUnderstood(output);
}
