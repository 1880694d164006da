import {readFileFields, readFiles} from '../core/net/probe/read/files.ts';
import type {FileLine} from '../core/net/probe/read/file-lines.ts';
import type {Probe} from '../core/probe.ts';

const path = '/etc/resolv.conf';

export const resolvConf: Probe = {
	id: 'resolv-conf',
	title: 'The resolver settings of the container',
	impact: 'reads',
	timeoutMs: 1_000,
	command: () => ({tool: 'sh', words: ['f', path]}),
	ask: () => ['file', path],
	read: output => readFiles(output, settings),
	readFields: fields => readFileFields(fields, settings),
};

/** The lines that count, without comments: `nameserver 10.96.0.10`. */
function settings(lines: readonly FileLine[]): readonly string[] {
	return lines
		.filter(line => line.path === path)
		.map(({line}) =>
			line
				.replace(/[#;].*$/, '')
				.trim()
				.replace(/\s+/g, ' '),
		)
		.filter(line => line !== '');
}
