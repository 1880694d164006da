import type {CellTransport, DnsAnswer} from './net/cell.ts';
import type {ProbeId, ProbeQuestion} from './net/probe/probe-plan.ts';
import type {Tools} from './net/probe/tools.ts';

/** What one asking came to. `detail` is what was said, sanitised. */
export type Measured = Readonly<{
	transport: CellTransport;
	answer?: DnsAnswer;
	values?: readonly string[];
	/** Who really answered, where the tool shows it. */
	answeredBy?: string;
	ms?: number;
	detail: string;
}>;

/** A command in a container with a shell; `tool` as the cell names it. The words go into a shell line: `isSafeWord` holds for each. */
export type ProbeCommand = Readonly<{tool: string; words: readonly string[]}>;

/** What a command printed (stdout and stderr together), how it ended and how long it took. */
export type ToolOutput = Readonly<{text: string; exitCode: number; ms: number}>;

/** One way of measuring. It never judges: that is for the checks. */
export type Probe = Readonly<{
	id: ProbeId;
	title: string;
	/** reads: looks at files of the container; traffic: sends some packets. */
	impact: 'reads' | 'traffic';
	/** For one asking, ms. */
	timeoutMs: number;
	/** The command of the best tool that the container has; undefined: none of them can ask this. */
	command(question: ProbeQuestion, tools: Tools): ProbeCommand | undefined;
	/** The question in the words of our own program (python3, node): `dns udp 10.96.0.10 53 NAME`. */
	ask(question: ProbeQuestion): readonly string[];
	/** What that command's output says. Whatever it cannot read is `tool-error`, never a pass. */
	read(output: ToolOutput, question: ProbeQuestion, tool: string): Measured;
	/** What our own program printed on the line of this question: `rc=0 an=1 src=10.96.0.10 ms=3`. */
	readFields(fields: ReadonlyMap<string, string>, question: ProbeQuestion): Measured;
}>;
