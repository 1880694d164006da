import {connectCommand} from '../core/net/probe/connect-command.ts';
import {readConnect} from '../core/net/probe/read/connect.ts';
import {failedFields, numberField, textOf} from '../core/net/probe/read/fields.ts';
import type {Probe} from '../core/probe.ts';

export const tcpConnect: Probe = {
	id: 'tcp-connect',
	title: 'TCP connection',
	impact: 'traffic',
	timeoutMs: 3_000,
	command: ({to}, tools) => connectCommand(to, tools),
	ask: ({to}) => ['tcp', to.address, String(to.port)],
	read: (output, _question, tool) => readConnect(output, tool),
	readFields(fields) {
		const failed = failedFields(fields);
		if (failed !== undefined) return failed;
		const ms = numberField(fields, 'ms');
		const isOpen = fields.get('open') === '1';
		return {transport: isOpen ? 'ok' : 'tool-error', ...(ms === undefined ? {} : {ms}), detail: isOpen ? 'connected' : textOf(fields)};
	},
};
