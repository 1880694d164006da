import {readDnsFields} from '../core/net/probe/read/fields.ts';
import {readGetent, readPing} from '../core/net/probe/read/libc.ts';
import {notUnderstood} from '../core/net/probe/read/measured.ts';
import {limited} from '../core/net/probe/tools.ts';
import type {Probe} from '../core/probe.ts';

export const libcLookup: Probe = {
	id: 'libc-lookup',
	title: 'A name as applications look it up: with the search list, by the C library',
	impact: 'traffic',
	timeoutMs: 8_000,
	command({name = ''}, tools) {
		if (tools.has.has('getent')) return {tool: 'getent', words: [...limited(tools, 8), 'getent', 'ahostsv4', name]};
		// One packet, of which no answer is needed: the address stands in the first line.
		return tools.has.has('ping') ? {tool: 'ping', words: [...limited(tools, 8), 'ping', '-c', '1', '-W', '1', name]} : undefined;
	},
	ask: ({name = ''}) => ['libc', name],
	read(output, _question, tool) {
		if (tool === 'getent') return readGetent(output);
		return tool === 'ping' ? readPing(output) : notUnderstood(output);
	},
	readFields: (fields, question) => readDnsFields(fields, {...question, to: {...question.to, address: ''}}),
};
