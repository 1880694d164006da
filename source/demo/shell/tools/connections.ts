import type {DemoCluster} from '../../cluster.ts';
import {numberAt, recordsAt, textAt} from '../../json.ts';
import {coreDnsMetrics} from '../../metrics/core-dns-metrics.ts';
import type {Sender} from '../../network/addresses.ts';
import {connect, type Outcome} from '../../network/connect.ts';
import {lookUp} from '../../network/names.ts';
import {type Process, say, type Tool} from '../machine.ts';
import {readAll} from '../streams.ts';
import {busyboxVersion} from './basic.ts';

type World = Readonly<{cluster: DemoCluster; from: Sender}>;

const ncHelp = `${busyboxVersion}\n\nUsage: nc [-iN] [-wN] [-l] [-p PORT] [-f FILE|IPADDR PORT] [-e PROG]\n\nOpen a pipe to IP:PORT or FILE\n\n\t-w SEC\tConnect timeout\n`;
const wgetHelp = `${busyboxVersion}\n\nUsage: wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]\n\t[-Y on/off] [-P DIR] [-U AGENT] [-T SEC] URL...\n\nRetrieve files via HTTP or FTP\n`;

/** What stands behind an open port, asked by HTTP: a page of the application, or CoreDNS' own. Undefined: it speaks something else. */
function page({cluster}: World, {pod, port}: Outcome, path: string): Readonly<{status: string; body: string}> | undefined {
	if (pod === undefined) return port === 80 || port === 443 ? {status: '200 OK', body: '<!doctype html><title>Example</title>\n'} : undefined;
	if (pod.metadata.labels?.['k8s-app'] === 'kube-dns') {
		if (port === 9153 && path === '/metrics') return {status: '200 OK', body: coreDnsMetrics(pod, cluster.now())};
		if (port === 8080 && path === '/health') return {status: '200 OK', body: 'OK'};
		return port === 8181 && path === '/ready' ? {status: '200 OK', body: 'OK'} : undefined;
	}
	const ports = recordsAt(pod, 'spec', 'containers').flatMap(container => recordsAt(container, 'ports'));
	const isHttp = ports.some(entry => numberAt(entry, 'containerPort') === port && textAt(entry, 'name') === 'http');
	if (!isHttp) return undefined;
	const body = JSON.stringify({name: pod.metadata.name, node: textAt(pod, 'spec', 'nodeName'), podIP: textAt(pod, 'status', 'podIP'), path});
	return {status: '200 OK', body: `${body}\n`};
}

function response(found: NonNullable<ReturnType<typeof page>>): string {
	return `HTTP/1.0 ${found.status}\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(found.body)}\r\nConnection: close\r\n\r\n${found.body}`;
}

function nc(world: World): Tool {
	return async ({argv, input, output, errors, machine}: Process) => {
		if (argv.includes('--help')) {
			await say(errors, ncHelp);
			return 0;
		}
		const words = argv.slice(1);
		if (words.includes('-z')) {
			await say(errors, `nc: invalid option -- 'z'\n${ncHelp}`);
			return 1;
		}
		const seconds = words.includes('-w') ? Number(words[words.indexOf('-w') + 1]) : 127;
		const [host = '', port = '0'] = words.filter((word, index) => !word.startsWith('-') && words[index - 1] !== '-w');
		const found = lookUp(world.cluster, world.from, host);
		machine.pass(found.ms);
		if (found.address === undefined) {
			await say(errors, `nc: bad address '${host}'\n`);
			return 1;
		}
		const outcome = connect(world.cluster, world.from, {address: found.address, port: Number(port), protocol: 'TCP'});
		if (outcome.is === 'open') {
			machine.pass(outcome.ms);
			const [, path] = /^GET (\S+) /u.exec((await readAll(input)).toString('latin1')) ?? [];
			const answer = path === undefined ? undefined : page(world, outcome, path);
			if (answer !== undefined) await say(output, response(answer));
			return 0;
		}
		machine.pass(outcome.is === 'refused' ? outcome.ms : seconds * 1000);
		await say(errors, outcome.is === 'refused' ? `nc: can't connect to remote host (${found.address}): Connection refused\n` : 'nc: timed out\n');
		return 1;
	};
}

type Url = Readonly<{host: string; port: number; path: string}>;

function urlOf(text: string): Url {
	const [, , host = '', port = '', path = '/'] = /^(\w+:\/\/)?([^/:]+)(?::(\d+))?(\/.*)?$/u.exec(text) ?? [];
	return {host, port: Number(port === '' ? (text.startsWith('https:') ? 443 : 80) : port), path: path === '' ? '/' : path};
}

function wget(world: World): Tool {
	return async ({argv, output, errors, machine}: Process) => {
		if (argv.includes('--help')) {
			await say(errors, wgetHelp);
			return 0;
		}
		const words = argv.slice(1);
		const valued = new Set(['-T', '-O', '-Y', '-P', '-U', '-o', '--header']);
		const after = (flag: string): string | undefined => (words.includes(flag) ? words[words.indexOf(flag) + 1] : undefined);
		const {host, port, path} = urlOf(words.find((word, index) => !word.startsWith('-') && !valued.has(words[index - 1] ?? '')) ?? '');
		const found = lookUp(world.cluster, world.from, host);
		machine.pass(found.ms);
		if (found.address === undefined) {
			await say(errors, `wget: bad address '${host}'\n`);
			return 1;
		}
		const isQuiet = words.includes('-q');
		if (!isQuiet) await say(errors, `Connecting to ${host}${port === 80 ? '' : `:${port}`} (${found.address}:${port})\n`);
		const outcome = connect(world.cluster, world.from, {address: found.address, port, protocol: 'TCP'});
		if (outcome.is !== 'open') {
			machine.pass(outcome.is === 'refused' ? outcome.ms : Number(after('-T') ?? 900) * 1000);
			await say(
				errors,
				outcome.is === 'refused' ? `wget: can't connect to remote host (${found.address}): Connection refused\n` : 'wget: download timed out\n',
			);
			return 1;
		}
		machine.pass(outcome.ms);
		const answer = page(world, outcome, path);
		if (answer === undefined) {
			await say(errors, 'wget: error getting response: Connection reset by peer\n');
			return 1;
		}
		if (words.includes('-S')) await say(errors, `  HTTP/1.1 ${answer.status}\n  Content-Length: ${Buffer.byteLength(answer.body)}\n  Connection: close\n\n`);
		if (after('-O') === '-') await say(output, answer.body);
		else if (!isQuiet) await say(errors, `saving to '${after('-O') ?? 'index.html'}'\n`);
		return 0;
	};
}

/** No answer to the ping itself: it is the address in the first line that is asked for. */
function ping(world: World): Tool {
	return async ({argv, output, errors, machine}: Process) => {
		const name = argv.at(-1) ?? '';
		const {address, ms} = lookUp(world.cluster, world.from, name);
		machine.pass(ms);
		if (address === undefined) {
			await say(errors, `ping: bad address '${name}'\n`);
			return 1;
		}
		machine.pass(1000);
		await say(
			output,
			`PING ${name} (${address}): 56 data bytes\n\n--- ${name} ping statistics ---\n1 packets transmitted, 0 packets received, 100% packet loss\n`,
		);
		return 1;
	};
}

/** The programs that open connections. */
export function connectionTools(cluster: DemoCluster, from: Sender): Readonly<Record<string, Tool>> {
	const world = {cluster, from};
	return {nc: nc(world), wget: wget(world), ping: ping(world)};
}
