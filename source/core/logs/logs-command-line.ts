import type {LogFilter, LogsView} from './logs-screen.ts';
import {never} from '../never.ts';

/** The words behind `k8tui logs` that show the same lines, as far as the command line can say it: fields and context lines it cannot. */
export function logsWords(view: LogsView, now: number): readonly string[] {
	return [...targetWords(view), ...pastWords(view, now), ...filterWords(view)];
}

function targetWords({target, container}: LogsView): readonly string[] {
	const named = container === undefined ? [] : ['-c', container];
	switch (target.type) {
		case 'pod':
			return [target.name, '-n', target.namespace, ...named];
		case 'owner':
			return [`${target.kind}/${target.name}`, '-n', target.namespace, ...named];
		case 'selector':
			return ['-l', target.labelSelector, ...(target.namespace === undefined ? ['-A'] : ['-n', target.namespace]), ...named];
		case 'node':
			return [`nodes/${target.node}`, ...(target.service === 'kubelet' ? [] : ['-c', target.service])];
		default:
			return never(target);
	}
}

function pastWords({range, fromTime, previous}: LogsView, now: number): readonly string[] {
	const since =
		fromTime !== undefined ? [`--since=${Math.max(1, Math.ceil((now - fromTime) / 1000))}s`] : range === 'tail' || range === 'head' ? [] : [`--since=${range}`];
	return [...since, ...(previous ? ['--previous'] : [])];
}

function filterWords({filters}: LogsView): readonly string[] {
	const words = filters.flatMap((filter): readonly string[] => {
		if (filter.type === 'level') return [`--level=${filter.least}`];
		return filter.type === 'exclude' ? [`--exclude=${sourceOf(filter)}`] : [];
	});
	const wanted = filters.flatMap(filter => {
		if (filter.type === 'include') return [[sourceOf(filter)]];
		return filter.type === 'include-any' ? [filter.patterns] : [];
	});
	return [...words, ...includeWords(wanted)];
}

/** Of several `--include` one is enough, while each filter of the stack has to let a line pass: then one expression looks ahead for each. */
function includeWords(wanted: ReadonlyArray<readonly string[]>): readonly string[] {
	const [first = []] = wanted;
	if (wanted.length <= 1) return first.map(source => `--include=${source}`);
	return [`--include=^${wanted.map(sources => `(?=[^]*(?:${sources.join('|')}))`).join('')}`];
}

function sourceOf({pattern, regex}: Extract<LogFilter, {type: 'include' | 'exclude'}>): string {
	return regex ? pattern : pattern.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
