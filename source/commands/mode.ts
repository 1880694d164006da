import type {Command} from '../core/command.ts';
import {levelDialog} from '../core/level-dialog.ts';
import {policyLabels, type PolicyLevel, policyLevels} from '../core/policy-level.ts';

function isLevel(word: string | undefined): word is PolicyLevel {
	return policyLevels.some(level => level === word);
}

export const mode: Command = {
	name: 'mode',
	aliases: [],
	usage: ':mode read|probe|write',
	summary: 'What may be sent to the cluster; raising it asks first',
	choices: () => policyLevels,
	run: ([word], {frame}) => {
		if (!isLevel(word))
			return [{type: 'notice', tone: 'muted', text: `The mode is ${policyLabels[frame.state.level]}. :mode ${policyLevels.join('|')} changes it`}];
		if (policyLevels.indexOf(word) <= policyLevels.indexOf(frame.state.level)) return [{type: 'level', level: word}];
		return [{type: 'ask', dialog: levelDialog(word, frame.state.level, frame.head.context, frame.state.share !== undefined)}];
	},
};
