/**
 * What a source is in the middle of: a stack trace of some language, or a value printed over several lines. `usual`: anything may be
 * followed by indented lines that belong to it; `failing`: a warning or an error, which the exception it tells of may follow too.
 */
export type TraceState = 'usual' | 'failing' | 'java' | 'go' | 'go-panic' | 'python' | 'node-source' | 'node' | 'braces';

const javaMore = /^\s+(?:at\s|\.\.\. \d+ (?:more|common frames)|Suppressed:)|^\s*(?:Caused by:|Suppressed:)|^\s*\[?wrapped\]/;
const javaFirst = /^(?:Exception in thread |[\w.$]+(?:Exception|Error|Throwable)(?::|$))/;
/** An exception with its package: what loggers write behind their own line. */
const exception = /^(?:[\w$]+\.)+[\w$]*(?:Exception|Error|Throwable)(?::|$)/;
const goFirst = /^(?:panic: |fatal error: |runtime: |SIG[A-Z]+: )/;
const goRoutine = /^goroutine \d+ .*\[/;
const goMore =
	/^(?:\s|goroutine \d+ |created by |exit status \d+$|main\.|runtime\.|\[signal |\[recovered\]|panic: |[\w./*()-]+\([^ ]*\)?(?:\s|$)|r(?:ax|bx|cx|dx|di|si|bp|sp|8|9|1[0-5]|ip|flags)\s|[cfg]s\s|\.\.\.)/;
const pythonFirst = /^(?:\s*\| )?Traceback \(most recent call last\):/;
/** The line that ends a trace: `ValueError: text`, `django.db.utils.OperationalError`. */
const pythonLast = /^[\w.]+(?:Error|Exception|Warning|Interrupt|Exit|StopIteration|NotFound|Timeout)?(?::\s|$)/;
const pythonBetween = /^(?:During handling of the above exception|The above exception was the direct cause)/;
const nodeFirst = /^(?:Uncaught |\w*(?:Error|Exception)(?: \[\w+\])?(?:: |$))/;
/** node prints the place and the source of an error that nobody caught before the error itself. */
const nodePlace = /^(?:node:internal\S*|file:\/\/\S+|\/\S+):\d+$/;
const nodeSource = /^(?:throw |return |\s|\^|$)/;

/** What a source is in after a line that begins a record. */
export function traceStart(line: string): TraceState {
	if (pythonFirst.test(line)) return 'python';
	if (goFirst.test(line)) return 'go-panic';
	if (goRoutine.test(line)) return 'go';
	if (nodePlace.test(line)) return 'node-source';
	if (nodeFirst.test(line)) return 'node';
	if (javaFirst.test(line)) return 'java';
	return /[{[(]$/.test(line) ? 'braces' : 'usual';
}

/** Does the line belong to the record before it? The state the source is in then; undefined: it begins a record of its own. */
export function traceNext(state: TraceState, line: string): TraceState | undefined {
	const isIndented = /^\s/.test(line) && line.trim() !== '';
	switch (state) {
		case 'go-panic':
			// An empty line stands between the panic and its goroutine.
			return line === '' || goMore.test(line) ? (goRoutine.test(line) ? 'go' : 'go-panic') : undefined;
		case 'go':
			return line === '' || goMore.test(line) ? 'go' : undefined;
		case 'python':
			return pythonNext(line, isIndented);
		case 'node':
			return isIndented || /^[}\]]/.test(line) || line === '' ? 'node' : undefined;
		case 'node-source':
			return nodeFirst.test(line) ? 'node' : nodeSource.test(line) ? 'node-source' : undefined;
		case 'braces':
			return isIndented ? 'braces' : /^[}\])]/.test(line) ? 'usual' : undefined;
		default:
			if (javaMore.test(line)) return 'java';
			return isIndented ? state : state === 'failing' ? failingNext(line) : undefined;
	}
}

function failingNext(line: string): TraceState | undefined {
	if (exception.test(line)) return 'java';
	if (pythonFirst.test(line)) return 'python';
	return goRoutine.test(line) ? 'go' : undefined;
}

function pythonNext(line: string, isIndented: boolean): TraceState | undefined {
	if (isIndented || line === '' || pythonBetween.test(line) || pythonFirst.test(line)) return 'python';
	// The exception's own line ends the trace; indented lines of its text may follow.
	return pythonLast.test(line) ? 'usual' : undefined;
}

/** Is it, by its first line, a failure, though the line names no level? */
export function isTrace(state: TraceState): boolean {
	return state !== 'usual' && state !== 'failing' && state !== 'braces';
}
