import type {Measured, ToolOutput} from '../../../probe.ts';
import {wasCutOff} from '../tools.ts';
import {measured, notUnderstood, systemFailure} from './measured.ts';

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
	if (said !== undefined) return whole(said, bytes, output);
	if (code === 0 && bytes > 0) return whole(tool === 'nc' ? '' : '200', bytes, output);
	const failure = systemFailure(text);
	if (failure !== undefined) return measured(failure, output, {values: ['', String(bytes)]});
	if (wasCutOff(code)) return measured('timeout', output, {values: ['', String(bytes)]});
	// nc ends well and silent where the other side closed without a word.
	return tool === 'nc' && code === 0 ? measured('inconclusive', output) : notUnderstood({...output, exitCode: code});
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
