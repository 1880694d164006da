import {failedFields, decode, numberField} from '../core/net/probe/read/fields.ts';
import type {Measured, Probe} from '../core/probe.ts';

const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'] as const;

export const proxyEnv: Probe = {
	id: 'proxy-env',
	title: 'Which proxy variables are set (their values are not read)',
	impact: 'reads',
	timeoutMs: 1_000,
	command: () => ({tool: 'sh', words: ['e', ...names]}),
	ask: () => ['env', ...names],
	read: output => present(output.text, output.ms),
	readFields: fields => failedFields(fields) ?? present(decode(fields.get('text') ?? ''), numberField(fields, 'ms')),
};

function present(text: string, ms: number | undefined): Measured {
	const lines = new Set(text.split('\n'));
	const set = names.filter(name => lines.has(name));
	return {transport: 'ok', values: set, detail: set.length === 0 ? 'no proxy variable is set' : `set: ${set.join(', ')}`, ...(ms === undefined ? {} : {ms})};
}
