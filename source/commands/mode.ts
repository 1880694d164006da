import type {Command} from '../core/command.ts';
import {policyLabels, type PolicyLevel, policyLevels} from '../core/policy-level.ts';

const meanings: Readonly<Record<PolicyLevel, string>> = {
	read: 'Only reads are sent: GET, and questions about rights.',
	probe: 'Beside reads, what network probes need is let through: exec, ephemeral containers, pods labelled as ours.',
	write: 'Every request you confirm in a dialog is let through.',
};

function isLevel(word: string | undefined): word is PolicyLevel {
	return policyLevels.some(level => level === word);
}

export const mode: Command = {
	name: 'mode', aliases: [], usage: ':mode read|probe|write', summary: 'What may be sent to the cluster; raising it asks first',
	choices: () => policyLevels,
	run: ([word], {frame}) => {
		if (!isLevel(word)) return [{type: 'notice', tone: 'muted', text: `The mode is ${policyLabels[frame.state.level]}. :mode ${policyLevels.join('|')} changes it`}];
		if (policyLevels.indexOf(word) <= policyLevels.indexOf(frame.state.level)) return [{type: 'level', level: word}];
		const {context} = frame.head;
		return [
			{
				type: 'ask',
				dialog: {
					title: `${policyLabels[word]} on ${context.name}`,
					lines: [meanings[word], `Cluster ${context.cluster} at ${context.server}.`, ':mode read takes it back.'],
					confirm: `allow ${word}`, keep: `stay ${policyLabels[frame.state.level]}`,
					then: [{type: 'level', level: word}],
				},
			},
		];
	},
};
