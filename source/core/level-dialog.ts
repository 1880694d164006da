import type {ContextInfo} from './cluster-client.ts';
import type {Dialog} from './effect.ts';
import {policyLabels, type PolicyLevel} from './policy-level.ts';

const meanings: Readonly<Record<PolicyLevel, string>> = {
	read: 'Only reads are sent: GET, and questions about rights.',
	probe: 'Beside reads, what network probes need is let through: exec, ephemeral containers, pods labelled as ours.',
	write: 'Every request you confirm in a dialog is let through.',
};

/** The question before the level is raised: what it lets through, and on which cluster. */
export function levelDialog(to: PolicyLevel, from: PolicyLevel, context: ContextInfo, watched = false): Dialog {
	return {
		title: `${policyLabels[to]} on ${context.name}`,
		// People watch: what is typed by accident must not be enough.
		...(watched ? {word: context.name} : {}),
		lines: [
			...(watched ? ['People are watching this screen.'] : []),
			meanings[to],
			`Cluster ${context.cluster} at ${context.server}.`,
			':mode read takes it back.',
		],
		confirm: `allow ${to}`,
		keep: `stay ${policyLabels[from]}`,
		effects: [{type: 'level', level: to}],
	};
}
