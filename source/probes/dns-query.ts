import {connectCommand} from '../core/net/probe/connect-command.ts';
import {queryHex, readMessage} from '../core/net/probe/dns-message.ts';
import type {ProbeQuestion} from '../core/net/probe/probe-plan.ts';
import {readConnect} from '../core/net/probe/read/connect.ts';
import {readDig} from '../core/net/probe/read/dig.ts';
import {readDnsFields} from '../core/net/probe/read/fields.ts';
import {readHost} from '../core/net/probe/read/host.ts';
import {answered, measured, notUnderstood, systemFailure} from '../core/net/probe/read/measured.ts';
import {readNslookup, readOldNslookup} from '../core/net/probe/read/nslookup.ts';
import {limited, type Tools} from '../core/net/probe/tools.ts';
import type {Measured, Probe, ProbeCommand, ToolOutput} from '../core/probe.ts';

/** The id of the question that bash writes by hand; an answer must carry it. */
const bashId = 0x6b38;

export const dnsQuery: Probe = {
	id: 'dns-query',
	title: 'DNS question to one server',
	impact: 'traffic',
	timeoutMs: 2_000,
	command: (question, tools) => commands(question, tools)[0] ?? (question.protocol === 'tcp' ? connectCommand(question.to, tools) : undefined),
	ask: ({protocol, to, name = ''}) => ['dns', protocol, to.address, String(to.port), name],
	read(output, {protocol}, tool): Measured {
		switch (tool) {
			case 'dig':
			case 'kdig':
			case 'drill':
				return readDig(output, tool, protocol);
			case 'nslookup':
			case 'nslookup (busybox)':
				return readNslookup(output);
			case 'nslookup (busybox-old)':
				return readOldNslookup(output);
			case 'host':
				return readHost(output);
			case 'bash':
				return protocol === 'udp' ? readBash(output) : readConnect(output, tool);
			default:
				// No tool of the container can ask by TCP: that the port opens is all that is known then.
				return protocol === 'tcp' ? readConnect(output, tool) : notUnderstood(output);
		}
	},
	readFields: readDnsFields,
};

/** The best first (diagnosis.md 4.4). Only some can ask by TCP, or another port than 53. */
function commands(question: ProbeQuestion, tools: Tools): readonly ProbeCommand[] {
	const {to, name = '', protocol} = question;
	const tcp = protocol === 'tcp';
	const port = String(to.port);
	const has = (tool: string): boolean => tools.has.has(tool);
	const usual = to.port === 53;
	const found: ProbeCommand[] = [];
	const add = (tool: string, ...words: readonly string[]) => found.push({tool, words});
	if (has('dig'))
		add('dig', 'dig', '+tries=1', '+time=2', '+noall', '+comments', '+answer', '+stats', ...(tcp ? ['+tcp'] : []), '-p', port, `@${to.address}`, name, 'A');
	if (has('kdig')) add('kdig', 'kdig', '+retry=0', '+time=2', ...(tcp ? ['+tcp'] : []), '-p', port, `@${to.address}`, name, 'A');
	if (tools.nslookup === 'bind')
		add('nslookup', 'nslookup', '-timeout=2', '-retry=0', '-type=a', ...(tcp ? ['-vc'] : []), ...(usual ? [] : [`-port=${port}`]), name, to.address);
	if (tools.nslookup === 'busybox' && !tcp && usual)
		add('nslookup (busybox)', ...limited(tools, 5), 'nslookup', '-timeout=2', '-retry=1', '-type=a', name, to.address);
	if (has('host') && usual) add('host', 'host', '-W', '2', '-R', '1', '-t', 'A', ...(tcp ? ['-T'] : []), name, to.address);
	if (has('bash') && has('dd') && has('od') && tools.timeout === 'plain' && !tcp) add('bash', 'u', to.address, port, queryHex(name, bashId));
	// Takes an answer from anybody: no evidence for a Service (trap 2). It asks again for 15 s unless it is ended.
	if (has('drill') && to.kind === 'dns-pod' && tools.timeout !== undefined)
		add('drill', ...limited(tools, 3), 'drill', ...(tcp ? ['-t'] : []), '-p', port, `@${to.address}`, name, 'A');
	if (tools.nslookup === 'busybox-old' && !tcp && usual) add('nslookup (busybox-old)', ...limited(tools, 6), 'nslookup', name, to.address);
	return found;
}

function readBash(output: ToolOutput): Measured {
	const message = readMessage(output.text, bashId);
	if (message !== undefined) return answered(message.answer, message.values, output);
	const failure = systemFailure(output.text);
	if (failure !== undefined) return measured(failure, output);
	return output.text === '' ? measured('timeout', output, {detail: 'nothing came back within 2 s'}) : notUnderstood(output);
}
