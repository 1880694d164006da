import type {Effect} from '../core/effect.ts';
import type {NetworkModel} from '../core/net/network-model.ts';
import {netMarkdown} from '../core/net/net-markdown.ts';
import type {Page} from '../core/page.ts';
import {focusIndex} from '../core/page-focus.ts';
import type {NetworkScreen} from '../core/screen.ts';

/** The cursor on the next line, up or down, that shows something wrong; from the end on again at the beginning. */
export function nextTrouble(page: Page, screen: NetworkScreen, by: 1 | -1): readonly Effect[] {
	const at = focusIndex(page, screen.cursor);
	const order = page.lines.map((_, index) => (at + by * (index + 1) + page.lines.length * 2) % page.lines.length);
	const found = order.map(index => page.lines[index]).find(one => one?.id !== undefined && one.line.some(({tone}) => tone === 'error' || tone === 'warning'));
	return found?.id === undefined
		? [{type: 'notice', tone: 'muted', text: 'Nothing on this tab is marked as wrong'}]
		: [{type: 'change', screen: {type: 'network', cursor: found.id}}];
}

/** The report of the tab, for a ticket. */
export function reportText({report, client, asked}: NetworkModel, about: Readonly<{context: string; version: string; demo: boolean; now: number}>): string {
	const command = [
		'k8tui net',
		asked.tab === 'probes' ? 'probe' : asked.tab,
		...(asked.target === undefined || asked.tab !== 'path' ? [] : [asked.target]),
		...(asked.from === undefined ? [] : ['--from', asked.from]),
	].join(' ');
	const caption = {command, context: about.context, version: about.version, at: about.now, demo: about.demo};
	return netMarkdown(report, caption, client ? `${client.namespace}/${client.pod}` : undefined);
}
