import {topScreen} from './app-state.ts';
import {logsWords} from './logs/logs-command-line.ts';
import {networkWords} from './net/network-start.ts';
import {shareWords} from './share/share-state.ts';
import {shellWord} from './shell-word.ts';
import {topWords} from './top/top-start.ts';
import type {Frame} from './view.ts';

/** The command that opens this view in a new shell: `k8tui pods -n shop --filter 'status!=Completed' --context prod`. */
export function commandLineOf(frame: Frame): string {
	const screen = topScreen(frame.state);
	const words = ['k8tui'];
	const {context} = frame.head;
	if (screen.type === 'table') {
		words.push(screen.kind);
		if (frame.view.type !== 'table' || frame.view.resource.namespaced) words.push(...(screen.namespace === undefined ? ['-A'] : ['-n', screen.namespace]));
		if (screen.labelSelector !== undefined) words.push('-l', screen.labelSelector);
		if (screen.fieldSelector !== undefined) words.push('--field-selector', screen.fieldSelector);
		if (screen.filter !== '') words.push('--filter', screen.filter);
		if (screen.sort) words.push(`--sort=${screen.sort.descending ? '-' : ''}${screen.sort.by}`);
	} else if (screen.type === 'object') {
		words.push(screen.kind, screen.ref.name);
		if (screen.ref.namespace !== undefined) words.push('-n', screen.ref.namespace);
	} else if (screen.type === 'logs') words.push('logs', ...logsWords(screen, frame.now));
	else if (screen.type === 'top') words.push('top', ...topWords(screen));
	else if (screen.type === 'network') words.push('net', ...networkWords(screen));
	else if (screen.type !== 'overview') words.push(screen.type);
	const {share} = frame.state;
	if (share) words.push(shareWords(share) === '' ? '--share' : `--share=${shareWords(share)}`);
	if (context.demo) words.push('--demo', ...(frame.head.demoStory === undefined ? [] : [frame.head.demoStory]));
	else words.push('--context', context.name);
	return words.map(shellWord).join(' ');
}
