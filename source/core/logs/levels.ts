import type {Tone} from '../tone.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What loggers call them: syslog (RFC 5424), Java, Go, Python, node, glog, nginx. */
const words: Readonly<Record<string, LogLevel>> = {
	trace: 'trace',
	trc: 'trace',
	finest: 'trace',
	finer: 'trace',
	verbose: 'debug',
	fine: 'debug',
	debug: 'debug',
	dbg: 'debug',
	debu: 'debug',
	config: 'debug',
	info: 'info',
	inf: 'info',
	information: 'info',
	informational: 'info',
	notice: 'info',
	log: 'info',
	warn: 'warn',
	wrn: 'warn',
	warning: 'warn',
	err: 'error',
	error: 'error',
	eror: 'error',
	erro: 'error',
	severe: 'error',
	failure: 'error',
	fatal: 'fatal',
	ftl: 'fatal',
	fata: 'fatal',
	critical: 'fatal',
	crit: 'fatal',
	panic: 'fatal',
	dpanic: 'fatal',
	alert: 'fatal',
	emerg: 'fatal',
	emergency: 'fatal',
};

/** The level that a word stands for, in any capitals; undefined: it is none. */
export function levelOfWord(word: string): LogLevel | undefined {
	return Object.hasOwn(words, word) ? words[word] : wordInSmall(word.toLowerCase());
}

function wordInSmall(word: string): LogLevel | undefined {
	return Object.hasOwn(words, word) ? words[word] : undefined;
}

/** Numeric levels of pino and bunyan: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal; below 10 the severities of syslog. */
export function levelOfNumber(value: number): LogLevel | undefined {
	if (!Number.isFinite(value) || value < 0) return undefined;
	if (value < 10) return value <= 2 ? 'fatal' : value === 3 ? 'error' : value === 4 ? 'warn' : value <= 6 ? 'info' : value === 7 ? 'debug' : undefined;
	return value > 100 ? undefined : (logLevels[Math.min(5, Math.floor(value / 10) - 1)] ?? undefined);
}

/** The level of an HTTP answer: 5xx error, 4xx warn, else info. */
export function levelOfStatus(status: number): LogLevel {
	return status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info';
}

/** Higher is graver. */
export function levelRank(level: LogLevel): number {
	return logLevels.indexOf(level);
}

export const levelTones: Readonly<Record<LogLevel, Tone>> = {trace: 'muted', debug: 'muted', info: 'text', warn: 'warning', error: 'error', fatal: 'error'};
