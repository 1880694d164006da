import type {ProbeCommand} from '../../probe.ts';
import {hostPort} from '../../host-port.ts';
import {limited, type Tools} from './tools.ts';

/** A TCP connection by the best tool there is; 3 s. undefined: none can. */
export function connectCommand({address, port: number}: Readonly<{address: string; port: number}>, tools: Tools): ProbeCommand | undefined {
	const port = String(number);
	const url = hostPort(address, port);
	if (tools.has.has('bash') && tools.timeout === 'plain') return {tool: 'bash', words: ['t', address, port]};
	if (tools.nc === 'openbsd') return {tool: 'nc (openbsd)', words: ['nc', '-z', '-v', '-w', '3', address, port]};
	if (tools.nc === 'traditional') return {tool: 'nc (traditional)', words: ['nc', '-n', '-z', '-v', '-w', '3', address, port]};
	if (tools.nc === 'ncat') return {tool: 'ncat', words: [tools.has.has('ncat') ? 'ncat' : 'nc', '-n', '-z', '-v', '-w', '3', address, port]};
	if (tools.nc === 'busybox') return {tool: 'nc (busybox)', words: [...limited(tools, 5), 'nc', '-w', '3', address, port]};
	if (tools.has.has('curl')) {
		const options = ['-sS', '-o', '/dev/null', '--connect-timeout', '3', '-m', '4', '-w', '%{time_connect}'];
		return {tool: 'curl', words: ['curl', '--noproxy', address, ...options, `telnet://${url}`]};
	}
	if (tools.wget === 'gnu')
		return {tool: 'wget (gnu)', words: ['wget', '-T', '3', '-t', '1', '-O', '/dev/null', '--no-proxy', '--max-redirect=0', `http://${url}/`]};
	if (tools.wget === 'busybox' || (tools.wget === 'busybox-old' && tools.timeout !== undefined)) {
		const silence = tools.wget === 'busybox' ? ['-T', '3'] : [];
		return {tool: 'wget (busybox)', words: [...limited(tools, 5), 'wget', ...silence, '-Y', 'off', '-O', '/dev/null', `http://${url}/`]};
	}
	return undefined;
}
