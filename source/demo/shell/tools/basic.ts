import {type Process, say, type Tool} from '../machine.ts';
import {readAll} from '../streams.ts';

/** What busybox prints first for `--help`. */
export const busyboxVersion = 'BusyBox v1.37.0 (2025-08-05 16:40:33 UTC) multi-call binary.';

async function cat({argv, input, output, errors, machine}: Process): Promise<number> {
	const paths = argv.slice(1).filter(word => word !== '-');
	if (paths.length === 0) {
		for (let part = await input.read(); part !== undefined; part = await input.read()) await output(part);
		return 0;
	}
	let status = 0;
	for (const path of paths) {
		const text = machine.files.read(path);
		if (text === undefined) {
			await say(errors, `cat: can't open '${path}': No such file or directory\n`);
			status = 1;
		} else await say(output, text);
	}
	return status;
}

function countOf(argv: readonly string[], flag: string): number | undefined {
	const joined = argv.find(word => word.startsWith(flag) && word.length > flag.length && /\d$/u.test(word));
	const value = joined?.slice(flag.length) ?? (argv.includes(flag) ? argv[argv.indexOf(flag) + 1] : undefined);
	return value === undefined ? undefined : Number(value);
}

async function head({argv, input, output}: Process): Promise<number> {
	const bytes = countOf(argv, '-c');
	let left = bytes ?? Number.POSITIVE_INFINITY;
	let lines = bytes === undefined ? (countOf(argv, '-n') ?? 10) : Number.POSITIVE_INFINITY;
	while (left > 0 && lines > 0) {
		const part = await input.read();
		if (part === undefined) break;
		let kept = part.subarray(0, left);
		if (Number.isFinite(lines)) {
			let end = 0;
			for (; lines > 0 && end < kept.length; lines -= 1) {
				const next = kept.indexOf(10, end);
				end = next < 0 ? kept.length : next + 1;
			}
			kept = kept.subarray(0, end);
		}
		left -= kept.length;
		await output(kept);
	}
	return 0;
}

async function wc({argv, input, output}: Process): Promise<number> {
	const bytes = await readAll(input);
	const lines = bytes.filter(byte => byte === 10).length;
	const words = bytes
		.toString('latin1')
		.split(/\s+/u)
		.filter(word => word !== '').length;
	const chosen = argv.includes('-c') ? [bytes.length] : argv.includes('-l') ? [lines] : [lines, words, bytes.length];
	await say(output, `${chosen.join(' ')}\n`);
	return 0;
}

/** Ends a command after so many seconds; busybox' exit code for that is the signal's. */
async function timeout({argv, machine, run}: Process): Promise<number> {
	const words = argv.slice(1).filter((word, index) => !(index === 0 && word === '-t'));
	const limitMs = Number(words[0]) * 1000;
	const command = words.slice(1);
	if (command[0] === 'sleep' && Number(command[1]) * 1000 > limitMs) {
		machine.pass(limitMs);
		return 143;
	}
	const before = machine.uptimeMs();
	const status = await run(command);
	const over = machine.uptimeMs() - before - limitMs;
	if (over <= 0) return status;
	machine.pass(-over);
	return 143;
}

async function sleep({argv, machine}: Process): Promise<number> {
	await machine.wait(Number(argv[1] ?? 0) * 1000);
	return 0;
}

async function stty({argv, output, errors, machine}: Process): Promise<number> {
	const size = machine.terminal();
	if (size === undefined) {
		await say(errors, 'stty: standard input: Inappropriate ioctl for device\n');
		return 1;
	}
	if (argv[1] === 'size') await say(output, `${size.rows} ${size.columns}\n`);
	return 0;
}

async function ls({argv, output, errors, machine}: Process): Promise<number> {
	const folder = (argv.slice(1).find(word => !word.startsWith('-')) ?? '/').replace(/\/+$/u, '');
	const found = [1, 2, 3, 4, 5].flatMap(depth => machine.files.matching(`${folder}${'/*'.repeat(depth)}`));
	const names = [...new Set(found.map(path => path.slice(folder.length + 1).split('/')[0] ?? ''))].toSorted();
	if (names.length === 0) {
		await say(errors, `ls: ${folder}: No such file or directory\n`);
		return 1;
	}
	await say(output, `${names.join('\n')}\n`);
	return 0;
}

async function od({input, output}: Process): Promise<number> {
	const bytes = await readAll(input);
	for (let start = 0; start < bytes.length; start += 16) {
		await say(output, ` ${[...bytes.subarray(start, start + 16)].map(byte => byte.toString(16).padStart(2, '0')).join(' ')}\n`);
	}
	return 0;
}

function printing(text: (process: Process) => string): Tool {
	return async process => {
		await say(process.output, text(process));
		return 0;
	};
}

/** The programs of busybox that have nothing to do with the network. */
export const basicTools: Readonly<Record<string, Tool>> = {
	cat,
	head,
	wc,
	timeout,
	sleep,
	stty,
	ls,
	od,
	env: printing(({machine}) =>
		Object.entries(machine.environment)
			.map(([name, value]) => `${name}=${value}\n`)
			.join(''),
	),
	hostname: printing(({machine}) => machine.files.read('/etc/hostname') ?? '\n'),
	id: printing(() => 'uid=1000 gid=1000 groups=1000\n'),
	whoami: printing(() => 'app\n'),
	uname: printing(({argv}) => (argv.includes('-a') ? 'Linux demo 6.12.48-cloud-amd64 #1 SMP x86_64 Linux\n' : 'Linux\n')),
	date: printing(({machine}) => `${new Date(Date.UTC(2026, 0, 1) + machine.uptimeMs()).toUTCString()}\n`),
	ps: printing(() => 'PID   USER     TIME  COMMAND\n    1 app       0:07 /app/server\n'),
};
