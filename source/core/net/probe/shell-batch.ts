import type {ToolOutput} from '../../probe.ts';
import {isSafeWord} from './safe-word.ts';

/** One line of a batch: a command of plain words, run `times`. `slow`: others do not wait for it. */
export type BatchLine = Readonly<{id: number; words: readonly string[]; times: number; slow?: boolean}>;

/** Of stdout and stderr of one command: a container that prints without end is stopped there. */
const outputBytes = 2_500;
/** Commands that run at the same time in one container. */
const sideBySide = 8;
/** In a command line; proxies in front of API servers refuse URLs over 8 KiB, and encoding adds a third. */
const scriptBytes = 4_000;

/**
 * `f` reads files, `e` names the variables that are set, `g` counts what a command prints to stdout, `h` asks a web server by nc, `r` runs and
 * marks one command in the background, `q` does so eight at a time, `s` several times the same. `u` and `t` need bash: one question by /dev/udp, one connection by /dev/tcp.
 */
const prelude = [
	'N=$1;c=0;p=;command -v head >/dev/null||head(){ cat;}',
	// Not by `read` from the file itself: it takes one byte at a time, and of a setting in /proc/sys only the first read gives anything.
	`f(){ for p;do [ -r "$p" ]&&head -c ${outputBytes} <"$p"|while IFS= read -r l||[ -n "$l" ];do printf "%s\\n" "$p $l";done;done;}`,
	// biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's.
	'e(){ for v;do eval "[ -n \\"\\${$v:-}\\" ]"&&echo "$v";done;}',
	// Without 3>&- the watcher that busybox' timeout leaves for a second would hold the pipe open.
	'g(){ { { "$@" 3>&-;echo "code $?" >&3;} 2>&3|wc -c;} 3>&1;}',
	"h(){ printf 'GET %s HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n' $3 $1|timeout 5 nc -w 3 $1 $2;}",
	'r(){ i=$1;shift;{ read a _ </proc/uptime;echo "$N $i begin $a";' +
		`{ { "$@" </dev/null 2>&1 4>&-;echo "$N $i rc $?" >&4;}|head -c ${outputBytes}|while IFS= read -r l||[ -n "$l" ];do printf '%s\\n' "$N $i | $l";done;} 4>&1;` +
		'read a _ </proc/uptime;echo "$N $i end $a";}&}',
	`q(){ r "$@";p="$p $!";c=$((c+1));[ $c -ge ${sideBySide} ]&&{ wait $p;c=0;p=;};}`,
	's(){ n=$1;j=$2;shift 2;k=1;while [ $k -le $n ];do q $j.$k "$@";k=$((k+1));done;}',
];
const bashPrelude = [
	// biome-ignore lint/suspicious/noTemplateCurlyInString: as above.
	'u(){ exec 3<>/dev/udp/$1/$2||return;h=;for((x=0;x<${#3};x+=2));do h+="\\\\x${3:x:2}";done;printf "$h"|tail -c 512 >&3;timeout 2 dd bs=512 count=1 status=none <&3|od -An -v -tx1;}',
	"t(){ timeout 3 bash -c 'exec 3<>/dev/tcp/$0/$1' $1 $2;}",
];

/** The commands that put these lines to a container, as few as the length of a command line allows. Throws for a word that is not safe: a bug. */
export function batchCommands(lines: readonly BatchLine[], nonce: string, shell: 'sh' | 'bash'): readonly (readonly string[])[] {
	const head = [...prelude, ...(shell === 'bash' ? bashPrelude : [])];
	const texts = lines.map(line => lineText(line));
	const scripts: string[][] = [];
	let room = 0;
	for (const text of texts) {
		if (scripts.length === 0 || room < text.length + 1) {
			scripts.push([]);
			room = scriptBytes - head.join('\n').length;
		}
		scripts.at(-1)?.push(text);
		room -= text.length + 1;
	}
	return scripts.map(script => [shell, '-c', [...head, ...script, 'wait', 'echo "$N done"'].join('\n'), 'k8tui', nonce]);
}

function lineText({id, words, times, slow = false}: BatchLine): string {
	const unsafe = words.find(word => !isSafeWord(word));
	if (unsafe !== undefined) throw new Error(`not a word for a shell line: ${JSON.stringify(unsafe)}`);
	const start = times > 1 ? `s ${times} ${id}` : `${slow ? 'r' : 'q'} ${id}`;
	return `${start} ${words.join(' ')}`;
}

/** What a batch printed, by the id of its line; several outputs where it ran several times. */
export type BatchAnswer = Readonly<{outputs: ReadonlyMap<number, readonly ToolOutput[]>; isWhole: boolean}>;

type Draft = {startedAt?: number; endedAt?: number; exitCode?: number; lines: string[]; bytes: number};

/**
 * Reads what a batch printed. Every line carries the word of this run and whose it is, so that commands that run side by side may mix; what
 * was cut, has no exit code or no end is left out. A container that prints marks of its own, or without end, gains nothing.
 */
export function readBatch(text: string, nonce: string): BatchAnswer {
	const drafts = new Map<string, Draft>();
	let isWhole = false;
	for (const line of text.split('\n')) {
		const [, key = '', rest = ''] = /^\S+ (\S+) ?(.*)$/.exec(line.trimEnd()) ?? [];
		if (!line.startsWith(`${nonce} `)) continue;
		if (key === 'done' && rest === '') isWhole = true;
		const draft = drafts.get(key) ?? {lines: [], bytes: 0};
		drafts.set(key, draft);
		take(draft, rest);
	}
	const outputs = new Map<number, ToolOutput[]>();
	for (const [key, draft] of drafts) {
		const output = /^\d{1,6}(?:\.\d{1,3})?$/.test(key) ? outputOf(draft) : undefined;
		const id = Number.parseInt(key, 10);
		if (output !== undefined) outputs.set(id, [...(outputs.get(id) ?? []), output]);
	}
	return {outputs, isWhole};
}

/** `begin 12.34`, `| text`, `rc 0`, `end 12.40`; times in seconds since the machine started. */
function take(draft: Draft, rest: string): void {
	if (rest.startsWith('|')) {
		const said = rest.slice(2);
		draft.lines.push(said);
		draft.bytes += said.length + 1;
		return;
	}
	const [word, value = ''] = rest.split(' ');
	if (word === 'begin') draft.startedAt ??= Number(value);
	else if (word === 'rc' && /^\d+$/.test(value)) draft.exitCode ??= Number(value);
	else if (word === 'end') draft.endedAt ??= Number(value);
}

function outputOf({startedAt, endedAt, exitCode, lines, bytes}: Draft): ToolOutput | undefined {
	if (startedAt === undefined || endedAt === undefined || exitCode === undefined || bytes >= outputBytes) return undefined;
	const ms = Math.max(0, Math.round((endedAt - startedAt) * 1000));
	return {text: lines.join('\n').trim(), exitCode, ms: Number.isFinite(ms) ? ms : 0};
}
