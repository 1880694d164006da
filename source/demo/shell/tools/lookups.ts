import type {DemoCluster} from '../../cluster.ts';
import type {Protocol, Sender} from '../../network/addresses.ts';
import {type Asked, askName, lookUp, resolverOf} from '../../network/names.ts';
import {type Process, say, type Tool} from '../machine.ts';
import {busyboxVersion} from './basic.ts';

const nslookupHelp = `${busyboxVersion}\n\nUsage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n\nQuery DNS about HOST\n\nQUERY_TYPE: soa,ns,a,aaaa,cname,mx,txt,ptr,srv,any\n`;

function option(argv: readonly string[], name: string): string | undefined {
	return argv.find(word => word.startsWith(`-${name}=`))?.slice(name.length + 2);
}

/** busybox since 1.29: names with a dot are asked as they are, without the search list. */
export function nslookup(cluster: DemoCluster, from: Sender): Tool {
	return async ({argv, output, errors, machine}) => {
		if (argv.includes('--help')) {
			await say(errors, nslookupHelp);
			return 0;
		}
		const [name = '', server = resolverOf(from.pod).servers[0] ?? ''] = argv.slice(1).filter(word => !word.startsWith('-'));
		const seconds = Number(option(argv, 'timeout') ?? 5);
		const resolver = resolverOf(from.pod);
		const full = name.includes('.') ? name : `${name}.${resolver.searches[0] ?? ''}`;
		const asked = askName(cluster, from, {address: server, port: 53, protocol: 'UDP'}, full, seconds * 1000);
		machine.pass(asked.ms);
		if ('failure' in asked) {
			if (asked.failure === 'refused') {
				machine.pass(seconds * 1000);
				await say(errors, `nslookup: write to '${server}': Connection refused\n`);
			}
			await say(output, ';; connection timed out; no servers could be reached\n\n');
			return 1;
		}
		await say(output, `Server:\t\t${server}\nAddress:\t${server}:53\n\n`);
		const isBoth = option(argv, 'type') === undefined;
		if (asked.code !== 'NOERROR') {
			const refusal = `** server can't find ${full}: ${asked.code}\n\n`;
			await say(output, isBoth ? refusal + refusal : refusal);
			return 1;
		}
		const records = asked.addresses.map(address => `Name:\t${full.replace(/\.$/u, '')}\nAddress: ${address}\n`).join('');
		await say(output, `${isBoth ? '\n' : ''}${records}\n`);
		return 0;
	};
}

type DigQuestion = Readonly<{server: string; port: number; name: string; protocol: Protocol; seconds: number}>;

function digQuestion(argv: readonly string[], from: Sender): DigQuestion {
	const words = argv.slice(1);
	const port = words.includes('-p') ? Number(words[words.indexOf('-p') + 1]) : 53;
	const plain = words.filter((word, index) => !/^[-+@]/u.test(word) && words[index - 1] !== '-p' && !/^(?:A|AAAA|IN)$/u.test(word));
	const server = words.find(word => word.startsWith('@'))?.slice(1) ?? resolverOf(from.pod).servers[0] ?? '';
	const seconds = Number(words.find(word => word.startsWith('+time='))?.slice(6) ?? 5);
	return {server, port, name: plain[0] ?? '.', protocol: words.includes('+tcp') ? 'TCP' : 'UDP', seconds};
}

function digAnswer({server, port, name, protocol}: DigQuestion, asked: Exclude<Asked, {failure: unknown}>): string {
	const whole = name.endsWith('.') ? name : `${name}.`;
	const flags = asked.code === 'NOERROR' || asked.code === 'NXDOMAIN' ? 'qr aa rd' : 'qr rd ra';
	const answers = asked.addresses.map(address => `${whole}\t30\tIN\tA\t${address}\n`).join('');
	return [
		';; Got answer:',
		`;; ->>HEADER<<- opcode: QUERY, status: ${asked.code}, id: ${41_000 + name.length}`,
		`;; flags: ${flags}; QUERY: 1, ANSWER: ${asked.addresses.length}, AUTHORITY: ${asked.code === 'NXDOMAIN' ? 1 : 0}, ADDITIONAL: 1`,
		'',
		...(answers === '' ? [] : [`;; ANSWER SECTION:\n${answers}`]),
		`;; Query time: ${Math.round(asked.ms)} msec`,
		`;; SERVER: ${server}#${port}(${server}) (${protocol})`,
		`;; MSG SIZE  rcvd: ${60 + name.length + asked.addresses.length * 16}`,
		'',
		'',
	].join('\n');
}

/** BIND's dig 9.18: its exit code is 0 for every answer. */
export function dig(cluster: DemoCluster, from: Sender): Tool {
	return async ({argv, output, machine}) => {
		const question = digQuestion(argv, from);
		const {server, port, name, protocol, seconds} = question;
		const asked = askName(cluster, from, {address: server, port, protocol}, name, seconds * 1000);
		machine.pass(asked.ms);
		if (!('failure' in asked)) {
			await say(output, argv.includes('+short') ? asked.addresses.map(address => `${address}\n`).join('') : digAnswer(question, asked));
			return 0;
		}
		const why = asked.failure === 'refused' ? 'connection refused' : 'timed out';
		if (asked.failure === 'refused' && protocol === 'TCP')
			await say(output, `;; Connection to ${server}#${port}(${server}) for ${name} failed: connection refused.\n`);
		else await say(output, `;; communications error to ${server}#${port}: ${why}\n`);
		await say(output, ';; no servers could be reached\n');
		return 9;
	};
}

/** `getent hosts|ahostsv4 NAME`: by the C library, so with the search list; exit code 2 for everything that is no address. */
export function getent(cluster: DemoCluster, from: Sender): Tool {
	return async ({argv, output, machine}: Process) => {
		const [, database = '', name = ''] = argv;
		const {address, ms} = lookUp(cluster, from, name);
		machine.pass(ms);
		if (address === undefined) return 2;
		const types = database === 'hosts' ? [''] : ['STREAM', 'DGRAM', 'RAW'];
		const lines = types.map((type, index) => `${address.padEnd(16)}${type === '' ? name : `${type.padEnd(7)}${index === 0 ? name : ''}`}`.trimEnd());
		await say(output, `${lines.join('\n')}\n`);
		return 0;
	};
}
