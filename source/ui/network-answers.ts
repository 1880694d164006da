import type {ContextInfo} from '../core/cluster-client.ts';
import type {Effect} from '../core/effect.ts';
import type {NetworkModel} from '../core/net/network-model.ts';
import {netMarkdown} from '../core/net/net-markdown.ts';
import {consentText} from '../core/net/probe/consent-text.ts';
import type {ProbePlan, ProbeWay} from '../core/net/probe/probe-plan.ts';
import type {Page} from '../core/page.ts';
import {focusIndex} from '../core/page-focus.ts';
import {policyLabels, type PolicyLevel} from '../core/policy-level.ts';
import type {Probe} from '../core/probe.ts';
import type {NetworkScreen} from '../core/screen.ts';

type Consent = Readonly<{plan: ProbePlan; way: ProbeWay; probes: readonly Probe[]; level: PolicyLevel; context: ContextInfo; isProduction: boolean}>;

/** The question before probes are sent: exactly what will run, where, and that the mode is raised for it. In production what stays in the cluster asks for the context's name. */
export function probeDialog({plan, way, probes, level, context, isProduction}: Consent): Effect {
	const [title = 'Probes', ...lines] = consentText(plan, probes, way);
	const raises = level === 'read';
	const guarded = isProduction && way !== 'exec';
	const raised: readonly Effect[] = raises ? [{type: 'level', level: 'probe'}] : [];
	const run: Effect = {type: 'page-command', command: 'run'};
	return {
		type: 'ask',
		dialog: {
			title,
			lines: [
				`Cluster ${context.name} at ${context.server}.`,
				...(raises ? [`The mode is raised from ${policyLabels.read} to ${policyLabels.probe}; :mode read takes it back.`] : []),
				...lines,
			],
			confirm: 'run',
			keep: 'do not run',
			effects: [...raised, run],
			...(guarded
				? {word: context.name}
				: {remember: {title: 'do not ask again for this context in this session', effects: [{type: 'page-command', command: 'remember', words: [way]}]}}),
		},
	};
}

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
