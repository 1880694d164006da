import type {ProbeCommand} from '../../probe.ts';
import {hostPort} from '../../host-port.ts';
import {isSafePath} from './safe-word.ts';
import {limited, type Tools} from './tools.ts';

export type GetTarget = Readonly<{address: string; port: number; path: string; host?: string}>;

/** A GET by the best tool there is, past every proxy, its body counted and thrown away. undefined: none can, or the path needs quotes. */
export function getCommand({address, port, path, host}: GetTarget, tools: Tools): ProbeCommand | undefined {
	if (!isSafePath(path)) return undefined;
	const url = `http://${hostPort(address, port)}${path}`;
	const header = host === undefined ? [] : [`Host:${host}`];
	if (tools.has.has('curl')) {
		const quiet = ['-sS', '-o', '/dev/null', '--connect-timeout', '3', '-m', '5', '-w', '%{http_code}/%{size_download}'];
		return {tool: 'curl', words: ['curl', '--noproxy', address, ...quiet, ...header.flatMap(one => ['-H', one]), url]};
	}
	if (tools.wget === 'gnu') {
		const options = ['-nv', '-S', '-T', '3', '-t', '1', '--no-proxy', '--max-redirect=0', '-O', '-'];
		return {tool: 'wget', words: ['g', 'wget', ...options, ...header.map(one => `--header=${one}`), url]};
	}
	if (tools.wget === 'busybox' || (tools.wget === 'busybox-old' && tools.timeout !== undefined)) {
		const named = header.flatMap(one => ['--header', one]);
		const silence = tools.wget === 'busybox' ? ['-T', '3'] : [];
		return {tool: 'wget', words: ['g', ...limited(tools, 6), 'wget', '-q', ...silence, '-Y', 'off', '-O', '-', ...named, url]};
	}
	if (tools.nc !== undefined && tools.timeout === 'plain' && tools.has.has('nc') && host === undefined)
		return {tool: 'nc', words: ['g', 'h', address, String(port), path]};
	return undefined;
}
